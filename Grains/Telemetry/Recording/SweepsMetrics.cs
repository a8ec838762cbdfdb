using System.Diagnostics.Metrics;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>All figures that a process records, by concern; one per process, handed to those who record.</summary>
public sealed class SweepsMetrics : IDisposable
{
    /// <summary>Of the meter, and of its instrumentation scope.</summary>
    public const string MeterName = "Sweeps";

    private readonly bool ownsMeter;

    /// <param name="time">For the age of readings.</param>
    public SweepsMetrics(TimeProvider time)
        : this(new Meter(MeterName), time) => ownsMeter = true;

    /// <param name="factory">Makes the meter, and disposes of it.</param>
    /// <param name="time">For the age of readings.</param>
    public SweepsMetrics(IMeterFactory factory, TimeProvider time)
        : this(factory.Create(new MeterOptions(MeterName)), time)
    {
    }

    private SweepsMetrics(Meter meter, TimeProvider time)
    {
        Meter = meter;
        var instruments = new SweepsMeter(meter);
        Chunks = new(instruments);
        Leases = new(instruments);
        Lanes = new(instruments);
        Datasets = new(instruments);
        Database = new(instruments);
        Cluster = new(instruments, time);
    }

    public Meter Meter { get; }

    public ChunkMetrics Chunks { get; }

    public LeaseMetrics Leases { get; }

    public LaneMetrics Lanes { get; }

    public DatasetMetrics Datasets { get; }

    public DatabaseMetrics Database { get; }

    public ClusterMetrics Cluster { get; }

    public void Dispose()
    {
        if (ownsMeter) Meter.Dispose();
    }
}
