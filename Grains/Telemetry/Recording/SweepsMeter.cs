using System.Diagnostics.Metrics;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>Makes instruments as they are declared. What nobody listens to costs a comparison.</summary>
/// <param name="meter">Whose instruments they are.</param>
internal sealed class SweepsMeter(Meter meter)
{
    public Counter<long> Count(InstrumentDeclaration declared) =>
        Is(InstrumentKind.Counter, declared, meter.CreateCounter<long>(declared.Name, declared.Unit, declared.Description));

    /// <summary>A counter of what is no whole number.</summary>
    public Counter<double> Sum(InstrumentDeclaration declared) =>
        Is(InstrumentKind.Counter, declared, meter.CreateCounter<double>(declared.Name, declared.Unit, declared.Description));

    public Histogram<double> Histogram(InstrumentDeclaration declared) => Is(
        InstrumentKind.Histogram,
        declared,
        meter.CreateHistogram(
            declared.Name, declared.Unit, declared.Description, tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = declared.Buckets }));

    /// <summary>A gauge that is asked when somebody wants to know.</summary>
    public ObservableGauge<T> Gauge<T>(InstrumentDeclaration declared, Func<IEnumerable<Measurement<T>>> read)
        where T : struct =>
        Is(InstrumentKind.Gauge, declared, meter.CreateObservableGauge(declared.Name, read, declared.Unit, declared.Description));

    private static T Is<T>(InstrumentKind kind, InstrumentDeclaration declared, T instrument) => declared.Kind == kind
        ? instrument
        : throw new ArgumentException($"{declared.Name} is declared as a {declared.Kind}, not as a {kind}", nameof(declared));
}
