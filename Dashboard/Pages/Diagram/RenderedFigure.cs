namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>A figure as it is sent, the same bytes to all who look at it.</summary>
/// <param name="Bytes">HTML for a page, or an SVG file.</param>
/// <param name="Tag">Names these bytes, for browsers that have them already.</param>
internal sealed record RenderedFigure(ReadOnlyMemory<byte> Bytes, string Tag);
