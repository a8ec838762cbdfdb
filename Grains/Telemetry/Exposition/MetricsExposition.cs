using System.Buffers;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>
/// A process's metrics as a page that Prometheus scrapes: ours, and those of the runtime. Stands where
/// OpenTelemetry.Exporter.Prometheus.AspNetCore would, under the same names, and is all that others see of it.
/// </summary>
public sealed class MetricsExposition : IDisposable
{
    private const string RuntimeMeter = "System.Runtime";

    // A series that is told no more keeps its place until the process ends; beyond this, new sweeps are told as one.
    private const int MostSeriesOfSweeps = 10_000;

    private readonly SemaphoreSlim turn = new(1);
    private readonly MetricPages pages = new();
    private readonly MeterProvider provider;

    /// <param name="metrics">Recorded from now on; those of others in this process are not told.</param>
    /// <param name="resource">The process: <c>target_info</c>.</param>
    /// <param name="withRuntime">Also what .NET tells of memory, garbage collection and threads.</param>
    /// <param name="export">Where else the same figures go; null for nowhere.</param>
    public MetricsExposition(
        SweepsMetrics metrics, Resource resource, bool withRuntime = true, Action<MeterProviderBuilder>? export = null)
        : this(metrics.Meter, resource, withRuntime, export)
    {
    }

    internal MetricsExposition(
        Meter meter, Resource resource, bool withRuntime = false, Action<MeterProviderBuilder>? export = null)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(resource.Attributes))
            .AddMeter(meter.Name)
            // Meters are found by name, and a process may have several of ours.
            .AddView(instrument => instrument.Meter.Name == meter.Name && instrument.Meter != meter ? MetricStreamConfiguration.Drop
                : SweepsCome(instrument) ? new() { CardinalityLimit = MostSeriesOfSweeps } : null)
            .AddReader(new BaseExportingMetricReader(pages));
        if (withRuntime) builder.AddMeter(RuntimeMeter);
        export?.Invoke(builder);
        provider = builder.Build();
    }

    /// <summary>Writes a page; one at a time, others wait for their turn.</summary>
    /// <param name="output">Gets the page in pieces; flushing it is the caller's.</param>
    /// <param name="format">By <see cref="ExpositionFormat.For"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The metrics cannot be collected.</exception>
    public async Task WriteAsync(IBufferWriter<byte> output, ExpositionFormat format, CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            pages.Next = (output, format);
            if (!pages.Collect!(Timeout.Infinite)) throw new InvalidOperationException("the metrics could not be collected");
        }
        finally
        {
            pages.Next = null;
            turn.Release();
        }
    }

    public void Dispose()
    {
        provider.Dispose();
        turn.Dispose();
    }

    private static bool SweepsCome(Instrument instrument) => instrument.Meter.Name == SweepsMetrics.MeterName
        && Instruments.All.Any(declared => declared.Name == instrument.Name && declared.Labels.Contains(MetricLabels.Sweep));
}
