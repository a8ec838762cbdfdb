using System.Text.RegularExpressions;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>What a query names: as far as the queries of dashboards go, and without a look at what made them.</summary>
internal static partial class Promql
{
    private static readonly string[] Functions = ["sum", "max", "rate", "increase", "histogram_quantile", "time"];

    private static readonly string[] Words = ["by", "and", "or", "offset"];

    /// <summary>Each metric with the labels in braces after it, and with what takes its series together.</summary>
    public static IEnumerable<(string Metric, string[] Labels, string Aggregation)> Metrics(string query)
    {
        string bare = Quoted().Replace(query, "\"\"");
        foreach (Match match in Word().Matches(Grouping().Replace(InBraces().Replace(Window().Replace(bare, Blank), Blank), Blank)))
        {
            string word = match.Value, rest = bare[(match.Index + match.Length)..];
            if (Words.Contains(word)) continue;
            if (Functions.Contains(word))
            {
                if (!FunctionFollows().IsMatch(rest)) throw new FormatException($"{word} in {query}");
                continue;
            }
            string[] labels = rest.StartsWith('{')
                ? [.. Matcher().Matches(rest[..rest.IndexOf('}', StringComparison.Ordinal)]).Select(one => one.Groups[1].Value)] : [];
            string before = Aggregation().Match(bare[..match.Index]) is { Success: true } found ? found.Groups[1].Value : "";
            yield return (word, labels, before);
        }

        static string Blank(Match match) => new(' ', match.Length);
    }

    /// <summary>All labels that it groups by.</summary>
    public static IEnumerable<string> Groups(string query) => Grouping().Matches(query)
        .SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[[^\]]*\]|\$\w+")]
    private static partial Regex Window();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex InBraces();

    [GeneratedRegex(@"(?<=by )\(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b[a-zA-Z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\(|^ by \(")]
    private static partial Regex FunctionFollows();

    [GeneratedRegex(@"(\w+)(=|=~)""")]
    private static partial Regex Matcher();

    // The last one that is open: rate, increase and the arithmetic of events may stand between.
    [GeneratedRegex(@"\b(sum|max)(?: by \([^)]*\) )?\((?:rate\(|increase\(|\([^()]*(?:\) or )?)?$")]
    private static partial Regex Aggregation();
}
