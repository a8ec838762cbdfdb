using System.Globalization;
using System.Text;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Writes SVG elements; numbers to two decimals in the invariant culture, so the same plot gives the same text everywhere.
/// </summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder svg = new();
    private readonly Stack<string> open = new();

    public static string Number(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    public void Open(string name, params ReadOnlySpan<SvgAttribute> attributes)
    {
        Start(name, attributes);
        svg.Append(">\n");
        open.Push(name);
    }

    public void Close() => svg.Append("</").Append(open.Pop()).Append(">\n");

    /// <summary>An element with no children but a tooltip, if one is given.</summary>
    public void Leaf(string name, ReadOnlySpan<SvgAttribute> attributes, string? tooltip = null)
    {
        Start(name, attributes);
        if (tooltip is null)
            svg.Append("/>\n");
        else
            svg.Append("><title>").Append(SvgText.Escape(SvgText.WithoutMarkup(tooltip))).Append("</title></").Append(name).Append(">\n");
    }

    /// <summary>An element that holds only text, such as <c>title</c>.</summary>
    public void TextElement(string name, string text, params ReadOnlySpan<SvgAttribute> attributes)
    {
        Start(name, attributes);
        svg.Append('>').Append(SvgText.Escape(SvgText.WithoutMarkup(text))).Append("</").Append(name).Append(">\n");
    }

    /// <summary>A line of text whose baseline starts, is centred or ends at a place.</summary>
    public void Text(string text, PaperPoint at, double size, params ReadOnlySpan<SvgAttribute> attributes)
    {
        svg.Append("<text x=\"").Append(Number(at.X)).Append("\" y=\"").Append(Number(at.Y)).Append("\" font-size=\"")
            .Append(Number(size)).Append('"');
        Write(attributes);
        string marked = SvgText.Marked(text, size);
        // Some viewers swallow a space at the start of a tspan.
        if (marked.Contains("<tspan"))
            svg.Append(" xml:space=\"preserve\"");
        svg.Append('>').Append(marked).Append("</text>\n");
    }

    public void Line(PaperPoint from, PaperPoint to, params ReadOnlySpan<SvgAttribute> attributes)
    {
        svg.Append("<path d=\"").Append(PathData([from, to])).Append('"');
        Write(attributes);
        svg.Append("/>\n");
    }

    public static string PathData(IReadOnlyList<PaperPoint> points)
    {
        StringBuilder data = new();
        for (int i = 0; i < points.Count; i++)
            data.Append(i == 0 ? 'M' : 'L').Append(Number(points[i].X)).Append(' ').Append(Number(points[i].Y));
        return data.ToString();
    }

    public override string ToString() => open.Count == 0 ? svg.ToString()
        : throw new InvalidOperationException($"<{open.Peek()}> is still open.");

    private void Start(string name, ReadOnlySpan<SvgAttribute> attributes)
    {
        svg.Append('<').Append(name);
        Write(attributes);
    }

    private void Write(ReadOnlySpan<SvgAttribute> attributes)
    {
        foreach (SvgAttribute attribute in attributes)
            svg.Append(' ').Append(attribute.Name).Append("=\"").Append(SvgText.Escape(attribute.Value)).Append('"');
    }
}
