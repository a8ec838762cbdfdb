using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>For what a figure is drawn.</summary>
internal enum FigureForm
{
    /// <summary>Within a page, on a large screen.</summary>
    Wide,

    /// <summary>Within a page, on a phone.</summary>
    Narrow,

    /// <summary>A file, for paper.</summary>
    Print,
}

internal static class FigureForms
{
    public static FigureForm Read(string? word) => word switch
    {
        "narrow" => FigureForm.Narrow,
        "print" => FigureForm.Print,
        _ => FigureForm.Wide,
    };

    // Type is made for print sizes: a figure within a page is drawn smaller than the screen, so that its words are as large as the page's.
    public static PlotSize Size(this FigureForm form) => form switch
    {
        FigureForm.Narrow => new(90, 96),
        FigureForm.Wide => new(160, 100),
        _ => PlotSize.DoubleColumn,
    };

    public static PlotTheme Theme(this FigureForm form) => form is FigureForm.Print ? PlotTheme.Light : PlotTheme.Web;
}
