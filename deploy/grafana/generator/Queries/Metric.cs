using System.Collections.Immutable;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Grafana.Queries;

/// <summary>A metric as Prometheus has it.</summary>
/// <param name="Name">As queries name it; of a histogram without the ends of its parts.</param>
/// <param name="Kind">Decides how it may be read.</param>
/// <param name="Of">Decides whether silos' figures are added, or the largest taken.</param>
/// <param name="Labels">In Prometheus' spelling, those of the scrape left out.</param>
/// <param name="Description">One sentence.</param>
public sealed record Metric(string Name, InstrumentKind Kind, FactOf Of, ImmutableArray<string> Labels, string Description)
{
    /// <summary>Whom Prometheus asked.</summary>
    public const string Instance = "instance";

    /// <summary>Which cluster it belongs to: all silos of one are one job of Prometheus.</summary>
    public const string Job = "job";

    /// <summary>Whether it stands on the page of a silo, or of a run on one machine.</summary>
    public bool IsOfSilos { get; init; } = true;

    public static Metric From(InstrumentDeclaration declared) => new(
        PrometheusName.Of(declared).Sample, declared.Kind, declared.Of,
        [.. declared.Labels.Select(PrometheusName.OfLabel)], declared.Description);

    /// <summary>One of .NET's, which stand on the same page.</summary>
    public static Metric OfRuntime(InstrumentKind kind, string name, string unit, string description) => new(
        PrometheusName.Of(name, unit, kind is InstrumentKind.Counter).Sample, kind, FactOf.ProcessPart, [], description);
}
