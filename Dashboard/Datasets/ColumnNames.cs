using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Datasets;

/// <summary>Columns of a table, as a user lists them: <c>a,b</c>.</summary>
internal static class ColumnNames
{
    /// <param name="words">Lists of names; null or none for all columns.</param>
    /// <param name="table">What there is.</param>
    /// <param name="before">What stands before each in messages: <c>--columns</c> and a blank.</param>
    /// <returns>The names, each once, in the order asked for.</returns>
    public static Checked<string[]> Read(IReadOnlyCollection<string>? words, TableSchema table, string before)
    {
        string[] known = [.. table.Columns.Select(column => column.Name)];
        if (words is null or { Count: 0 }) return Checked<string[]>.Right(known);
        string[] asked = [.. words.SelectMany(word => word.Split(',', StringSplitOptions.TrimEntries)).Distinct()];
        string[] unknown = [.. asked.Except(known)];
        return unknown.Length == 0
            ? Checked<string[]>.Right(asked)
            : Checked<string[]>.Wrong(unknown.Select(name =>
                $"{before}{Shown.As(name)}: the sweep has no such column; {Suggestion.For(name, known)}"));
    }
}
