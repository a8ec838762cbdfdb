using System.Text;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// A page: the <c>svg</c> element in physical size with a view box in points, background, title lines above and caption lines below; the
/// plot goes into what is left.
/// </summary>
internal sealed class SvgDocument
{
    private const double Margin = 5;
    private const double LineHeight = 1.25;

    public SvgDocument(PlotSize size, PlotTheme theme, string title, string caption, string description, bool hasLinks = false)
    {
        Theme = theme;
        Id = "p" + Hash($"{title}\n{caption}\n{description}\n{size}\n{theme.Background}")
            .ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        string viewBox = $"0 0 {SvgWriter.Number(size.Width)} {SvgWriter.Number(size.Height)}";
        string role = hasLinks ? "group" : "img";
        SvgAttribute label = theme.IsWithinPage ? ("aria-label", description) : ("aria-labelledby", $"{Id}-title {Id}-desc");
        Svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("width", SvgWriter.Number(size.WidthMm) + "mm"),
            ("height", SvgWriter.Number(size.HeightMm) + "mm"),
            ("viewBox", viewBox), ("role", role), label, ("font-family", theme.FontFamily));
        if (!theme.IsWithinPage)
        {
            Svg.TextElement("title", title.Length > 0 ? title : "Plot", ("id", Id + "-title"));
            Svg.TextElement("desc", description, ("id", Id + "-desc"));
        }
        Svg.Leaf("rect", [("width", size.Width), ("height", size.Height), ("fill", theme.Background)]);
        double width = size.Width - 2 * Margin;
        IReadOnlyList<string> titleLines = TextWrap.Lines(title, theme.TitleType, width, 2, isBold: true);
        IReadOnlyList<string> captionLines = TextWrap.Lines(caption, theme.SmallType, width, 3);
        double top = Margin;
        foreach (string line in titleLines)
        {
            Svg.Text(line, new(Margin, top + 0.8 * theme.TitleType), theme.TitleType, ("font-weight", "bold"), ("fill", theme.Ink));
            top += LineHeight * theme.TitleType;
        }
        double bottom = size.Height - Margin;
        for (int i = captionLines.Count - 1; i >= 0; i--)
        {
            Svg.Text(captionLines[i], new(Margin, bottom - 0.2 * theme.SmallType), theme.SmallType, ("fill", theme.Muted));
            bottom -= LineHeight * theme.SmallType;
        }
        Area = Box.Between(Margin, titleLines.Count > 0 ? top + 2 : top, size.Width - Margin, captionLines.Count > 0 ? bottom - 3 : bottom);
    }

    public SvgWriter Svg { get; } = new();

    public PlotTheme Theme { get; }

    /// <summary>Prefix of all ids, a function of the content, so that several plots can stand in one web page.</summary>
    public string Id { get; }

    /// <summary>Room for the plot.</summary>
    public Box Area { get; }

    /// <summary>A plot that says why it shows nothing.</summary>
    public string NothingToShow(string reason)
    {
        Svg.Leaf("rect", [.. Area.Place, ("fill", "none"), ("stroke", Theme.Muted),
            ("stroke-width", Theme.FrameStroke), ("stroke-dasharray", "3 3")]);
        IReadOnlyList<string> lines = TextWrap.Lines("Nothing to show: " + reason, Theme.LabelType, Area.Width - 20, 4);
        double top = Area.MiddleY - (lines.Count - 1) * LineHeight * Theme.LabelType / 2;
        foreach ((int index, string line) in lines.Index())
            Svg.Text(line, new(Area.MiddleX, top + index * LineHeight * Theme.LabelType), Theme.LabelType, ("text-anchor", "middle"),
                ("fill", Theme.Muted));
        return Finish();
    }

    public string Finish()
    {
        Svg.Close();
        return Svg.ToString();
    }

    /// <summary>FNV-1a, 32 bits; string hash codes of the framework differ from run to run.</summary>
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
