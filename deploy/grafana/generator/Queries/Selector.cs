using System.Collections.Immutable;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Grafana.Queries;

/// <summary>A metric's series, or those of them that are asked for.</summary>
/// <param name="Metric">Whose series.</param>
/// <param name="Matchers"><c>label="value"</c>, as PromQL writes it.</param>
public sealed record Selector(Metric Metric, ImmutableArray<string> Matchers)
{
    public static Selector Of(InstrumentDeclaration declared) => Of(Metric.From(declared));

    /// <summary>Of what silos tell, only the cluster that is chosen.</summary>
    public static Selector Of(Metric metric)
    {
        var all = new Selector(metric, []);
        return metric.IsOfSilos ? all.Where(Metric.Job, "$job") : all;
    }

    /// <exception cref="ArgumentException">The metric has no such label.</exception>
    public Selector Where(string label, string value) => With(label, "=", value);

    /// <exception cref="ArgumentException">The metric has no such label.</exception>
    public Selector OneOf(string label, params string[] values) => With(label, "=~", string.Join('|', values));

    /// <exception cref="ArgumentException">The metric has no such label.</exception>
    public Selector NoneOf(string label, params string[] values) => With(label, "!~", string.Join('|', values));

    /// <summary>A label's name in Prometheus' spelling.</summary>
    /// <exception cref="ArgumentException">The metric has no such label.</exception>
    public string Label(string label)
    {
        string name = PrometheusName.OfLabel(label);
        return name is Metric.Instance or Metric.Job || Metric.Labels.Contains(name) ? name
            : throw new ArgumentException($"{Metric.Name} has no label {name}", nameof(label));
    }

    /// <param name="end">Which part of a histogram.</param>
    /// <param name="bound">One of its buckets, as the label <c>le</c> spells it.</param>
    internal string Text(string end = "", string? bound = null)
    {
        var matchers = bound is null ? Matchers : Matchers.Add($"le=\"{bound}\"");
        return Metric.Name + end + (matchers.IsEmpty ? "" : $"{{{string.Join(',', matchers)}}}");
    }

    private Selector With(string label, string comparison, string value) =>
        this with { Matchers = Matchers.Add($"{Label(label)}{comparison}\"{value}\"") };
}
