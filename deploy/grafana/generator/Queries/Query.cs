using System.Collections.Immutable;

namespace Sweeps.Grafana.Queries;

/// <summary>An expression of PromQL, made by <see cref="Promql"/>.</summary>
/// <param name="Text">As Prometheus is asked.</param>
/// <param name="Sources">Metrics that it reads.</param>
/// <param name="Labels">That its series carry.</param>
public sealed record Query(string Text, ImmutableArray<Metric> Sources, ImmutableArray<string> Labels)
{
    /// <summary>Only those of its series of which another query has one, too.</summary>
    /// <exception cref="ArgumentException">Their series cannot be matched: other labels.</exception>
    public Query Among(Query others) => Labels.SequenceEqual(others.Labels)
        ? this with { Text = $"{Text} and {others.Text}", Sources = [.. Sources.Union(others.Sources)] }
        : throw new ArgumentException($"other labels: {Text} and {others.Text}", nameof(others));

    /// <exception cref="ArgumentException">Their series cannot be matched: other labels.</exception>
    public static Query operator /(Query above, Query below) => above.Labels.SequenceEqual(below.Labels)
        ? new($"{above.Text} / {below.Text}", [.. above.Sources.Union(below.Sources)], above.Labels)
        : throw new ArgumentException($"other labels: {above.Text} and {below.Text}", nameof(below));
}
