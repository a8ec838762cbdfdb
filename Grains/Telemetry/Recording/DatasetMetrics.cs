using System.Diagnostics.Metrics;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>What this process writes.</summary>
public sealed class DatasetMetrics
{
    private static readonly string[] Tables = ["points", "curves", "failures"];
    private static readonly string[] Jobs = ["prepare", "extend", "finish"];
    private static readonly string[] Outcomes = ["done", "failed", "lost"];

    private readonly Counter<long> rows;
    private readonly Counter<long> written;
    private readonly Histogram<double> jobs;
    private readonly Counter<long> errors;
    private readonly Observed<FreeSource> folders = new();

    internal DatasetMetrics(SweepsMeter meter)
    {
        rows = meter.Count(DatasetInstruments.Rows);
        written = meter.Count(DatasetInstruments.Written);
        jobs = meter.Histogram(DatasetInstruments.JobDuration);
        errors = meter.Count(DatasetInstruments.DataErrors);
        meter.Gauge(DatasetInstruments.DataFree, () => folders.All.Take(1).SelectMany(folder => folder.Read() is { } free
            ? new Measurement<long>[] { new(free) } : []));
    }

    /// <summary>A part file of a table is in its place.</summary>
    public void Placed(string sweep, DatasetTable table, long newRows, long bytes)
    {
        KeyValuePair<string, object?> sweepLabel = new(MetricLabels.Sweep, sweep), tableLabel = new(MetricLabels.Table, Tables[(int)table]);
        rows.Add(newRows, sweepLabel, tableLabel);
        written.Add(bytes, sweepLabel, tableLabel);
    }

    /// <summary>Work on a dataset as a whole has ended.</summary>
    public void JobEnded(DatasetJobKind job, JobOutcome outcome, TimeSpan took) => jobs.Record(
        took.TotalSeconds, new(MetricLabels.Job, Jobs[(int)job]), new(MetricLabels.Outcome, Outcomes[(int)outcome]));

    /// <summary>This process begins to use a data folder: its errors are told from 0 on.</summary>
    public void Begin() => errors.Add(0);

    /// <summary>The data folder could not be read or written.</summary>
    public void DataFailed() => errors.Add(1);

    /// <summary>Asks for the room in the data folder, until this is disposed of.</summary>
    /// <param name="read">
    /// Bytes that this process may still write there, null while that cannot be known; called on any thread, at each scrape.
    /// </param>
    public IDisposable WatchFree(Func<long?> read) => folders.Add(new(read));

    private sealed record FreeSource(Func<long?> Read);
}

/// <summary>The tables of a dataset.</summary>
public enum DatasetTable
{
    Points,
    Curves,

    /// <summary>Lines, one per failed point.</summary>
    Failures,
}

/// <summary>What is done to a dataset as a whole.</summary>
public enum DatasetJobKind
{
    Prepare,
    Extend,
    Finish,
}

/// <summary>How that ended.</summary>
public enum JobOutcome
{
    Done,
    Failed,

    /// <summary>The term was lost, and another silo does it.</summary>
    Lost,
}
