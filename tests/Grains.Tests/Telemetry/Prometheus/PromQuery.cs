using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sweeps.Grains.Tests.Telemetry.Prometheus;

/// <summary>What a query of PromQL asks for, as far as names go; its grammar is promtool's to judge.</summary>
internal sealed partial record PromQuery(ImmutableArray<PromSelector> Selectors, ImmutableArray<string> Groupings)
{
    public static PromQuery Parse(string text)
    {
        List<PromSelector> selectors = [];
        HashSet<string> groupings = [];
        string rest = text;
        for (int at = 0; at < rest.Length;)
        {
            if (Word().Match(rest, at) is { Success: true } word && word.Index == at)
            {
                at += word.Length;
                string name = word.Value;
                if (Lists.Contains(name) && Opened().Match(rest, at) is { Success: true } list && list.Index == at)
                {
                    groupings.UnionWith(list.Groups[1].Value
                        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
                    at += list.Length;
                }
                else if (!Keywords.Contains(name) && !(Call().Match(rest, at) is { Success: true } call && call.Index == at))
                {
                    var braces = Braces().Match(rest, at);
                    bool has = braces.Success && braces.Index == at;
                    selectors.Add(new(name, has ? [.. Matcher().Matches(braces.Value).Select(one => new PromMatcher(
                        one.Groups[1].Value, one.Groups[2].Value, one.Groups[3].Value))] : [], rest[..word.Index]));
                    if (has) at += braces.Length;
                }
            }
            else
            {
                // Numbers and durations begin with a digit; what stands in brackets or quotes is no name.
                var other = NoName().Match(rest, at);
                at += other.Success && other.Index == at ? other.Length : 1;
            }
        }
        return new([.. selectors], [.. groupings]);
    }

    private static readonly HashSet<string> Lists = ["by", "without", "on", "ignoring", "group_left", "group_right"];

    private static readonly HashSet<string> Keywords =
        [.. Lists, "and", "or", "unless", "bool", "offset", "sum", "max", "min", "avg", "count", "topk", "bottomk", "quantile"];

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s*\(([^)]*)\)")]
    private static partial Regex Opened();

    [GeneratedRegex(@"\s*\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex("""([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"([^"]*)"  """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Matcher();

    [GeneratedRegex("""[0-9][0-9a-z.]*|\[[^\]]*\]|"[^"]*"|'[^']*'""")]
    private static partial Regex NoName();
}

/// <summary>A metric that a query asks for.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Matchers">In braces.</param>
/// <param name="Before">The query's text before it.</param>
internal sealed record PromSelector(string Metric, ImmutableArray<PromMatcher> Matchers, string Before);

/// <summary>A condition on a label.</summary>
internal sealed record PromMatcher(string Label, string Operation, string Text)
{
    /// <summary>What the label may be, or may not be.</summary>
    public string[] Values => Operation is "=~" or "!~" ? Text.Split('|') : [Text];
}
