using System.Collections.Immutable;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>The numbers of a figure, for those who do not see it.</summary>
/// <param name="Caption">What they are.</param>
/// <param name="Corner">Over the rows' names.</param>
/// <param name="Columns">Names of columns.</param>
/// <param name="Rows">Name and cells of each row.</param>
public sealed record FigureTable(
    string Caption, string Corner, ImmutableArray<string> Columns, ImmutableArray<(string Name, ImmutableArray<FigureCell> Cells)> Rows);

/// <summary>One of them.</summary>
/// <param name="Text">Value ± error.</param>
/// <param name="Address">Of its point; null for none.</param>
public sealed record FigureCell(string Text, string? Address);
