using System.Collections.Immutable;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>All that is to be known of an instrument: code, documentation, rules and dashboards take it from here.</summary>
/// <param name="Kind">Counter, gauge or histogram.</param>
/// <param name="Name">In OpenTelemetry's style: words with dots, no unit.</param>
/// <param name="Unit">UCUM: <c>s</c>, <c>By</c>, or a thing that is counted, <c>{chunk}</c>.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Of">Whom it is about.</param>
/// <param name="Labels">The only attributes that it carries, of <see cref="MetricLabels"/>.</param>
public sealed record InstrumentDeclaration(
    InstrumentKind Kind, string Name, string Unit, string Description, FactOf Of, ImmutableArray<string> Labels)
{
    /// <summary>Upper bounds of a histogram's buckets, ascending, without the last one, which has none.</summary>
    public ImmutableArray<double> Buckets { get; init; } = [];
}
