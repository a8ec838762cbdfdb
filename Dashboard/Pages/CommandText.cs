using Sweeps.Dashboard.Status;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages;

/// <summary>Something to copy.</summary>
/// <param name="Tool">What it is for.</param>
/// <param name="Text">Lines of it.</param>
internal sealed record CommandText(string Tool, string Text)
{
    private const string WhereTheDataAre = "/path/to/data";

    /// <summary>Ways to the rows of a sweep, and to the sweep itself.</summary>
    public static IEnumerable<CommandText> Of(SweepDetails details, string server)
    {
        string folder = details.Folders.IsEmpty ? $"{WhereTheDataAre}/{details.Sweep.Id}" : details.Folders[0];
        string[] next = details.Spec is { } spec ? [.. NextSteps.After(spec, folder)] : [];
        if (next.FirstOrDefault(line => line.StartsWith("duckdb", StringComparison.Ordinal)) is { } duckdb) yield return new("DuckDB", duckdb);
        yield return new("pandas", $"import pandas as pd\npoints = pd.read_parquet({Python(folder + "/points")})");
        yield return new("polars", $"import polars as pl\npoints = pl.read_parquet({Python(folder + "/points/*.parquet")})");
        string[] program = [.. next.Where(line => line.StartsWith("sweeps", StringComparison.Ordinal))];
        string[] steering = IsUrl(server) ? [$"sweeps watch {ShellWord.Of(details.Sweep.Id)} --server {ShellWord.Of(server)}"] : [];
        yield return new("sweeps", string.Join('\n', [.. steering, .. program]));
    }

    private static bool IsUrl(string server) => server.Contains("://", StringComparison.Ordinal) && !server.Any(char.IsWhiteSpace);

    private static string Python(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
