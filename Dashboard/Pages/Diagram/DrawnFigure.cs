namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>A figure and what stands beside it.</summary>
/// <param name="Svg">The picture.</param>
/// <param name="Table">Its numbers; null where they would be too many to read.</param>
/// <param name="Points">Points in the picture that have a value.</param>
/// <param name="Cells">Points that could be.</param>
public sealed record DrawnFigure(string Svg, FigureTable? Table, int Points, int Cells);
