using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>Colours and type of a plot. Sizes in points at the plot's physical size.</summary>
public sealed record PlotTheme
{
    /// <summary>Black on an explicit white: for paper.</summary>
    public static PlotTheme Light { get; } = new()
    {
        Background = "#ffffff",
        Ink = "#1a1a1a",
        Muted = "#595959",
        NullFill = "#ececec",
        NullHatch = "#a8a8a8",
        // M. Okabe, K. Ito (2008), without the yellow that white swallows; the darkest first.
        Series = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#1a1a1a"],
    };

    /// <summary>For screens.</summary>
    public static PlotTheme Dark { get; } = new()
    {
        Background = "#15181d",
        Ink = "#e8e8e8",
        Muted = "#a9b0ba",
        NullFill = "#2b3038",
        NullHatch = "#5f6875",
        Series = ["#56b4e9", "#e69f00", "#26b88f", "#cc79a7", "#f0e442", "#f0793a", "#e8e8e8"],
    };

    /// <summary>
    /// For an SVG that stands within a page: the page's CSS custom properties (<c>--plot-ink</c> and so on) say the colours, so that one
    /// text serves light and dark. Nothing lies behind the plot but the page.
    /// </summary>
    public static PlotTheme Web { get; } = new()
    {
        Background = "var(--plot-paper)",
        Ink = "var(--plot-ink)",
        Muted = "var(--plot-muted)",
        NullFill = "var(--plot-null)",
        NullHatch = "var(--plot-hatch)",
        Series = [.. Enumerable.Range(1, 7).Select(number => $"var(--plot-{number})")],
        OrderedShares = (0.2, 0.8),
        IsWithinPage = true,
    };

    public required string Background { get; init; }

    public required string Ink { get; init; }

    /// <summary>For captions.</summary>
    public required string Muted { get; init; }

    public required string NullFill { get; init; }

    public required string NullHatch { get; init; }

    /// <summary>One colour per series, told apart also by readers with colour blindness.</summary>
    public required ImmutableArray<string> Series { get; init; }

    /// <summary>
    /// From where to where in viridis the colours of ordered series run; null for as far as the background allows.
    /// </summary>
    public (double First, double Last)? OrderedShares { get; init; }

    /// <summary>
    /// Whether the SVG is an element of a page: then its description is its label, for browsers would show a title on top of those of the
    /// cells.
    /// </summary>
    public bool IsWithinPage { get; init; }

    public string FontFamily { get; init; } = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    /// <summary>Tick labels, legends, captions.</summary>
    public double SmallType { get; init; } = 7;

    /// <summary>Axis labels.</summary>
    public double LabelType { get; init; } = 8;

    public double TitleType { get; init; } = 8.5;

    /// <summary>Frame and ticks.</summary>
    public double FrameStroke { get; init; } = 0.6;

    public double LineStroke { get; init; } = 1;
}
