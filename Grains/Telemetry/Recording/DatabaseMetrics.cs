using System.Diagnostics.Metrics;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>How the database serves this process.</summary>
public sealed class DatabaseMetrics
{
    private static readonly string[] Kinds = ["connection", "timeout", "conflict", "full", "denied", "schema", "other"];

    private readonly Counter<long> errors;
    private readonly Histogram<double> attempts;

    internal DatabaseMetrics(SweepsMeter meter)
    {
        errors = meter.Count(DatabaseInstruments.Errors);
        attempts = meter.Histogram(DatabaseInstruments.AttemptDuration);
    }

    /// <summary>This process begins to use a database: errors are told from 0 on.</summary>
    public void Begin()
    {
        foreach (string kind in Kinds) errors.Add(0, new KeyValuePair<string, object?>(MetricLabels.ErrorKind, kind));
    }

    /// <summary>An attempt succeeded.</summary>
    public void Answered(TimeSpan took) =>
        attempts.Record(took.TotalSeconds, new KeyValuePair<string, object?>(MetricLabels.Outcome, "done"));

    /// <summary>An attempt failed, whether or not there will be another.</summary>
    public void Failed(DatabaseErrorKind kind, TimeSpan took)
    {
        errors.Add(1, new KeyValuePair<string, object?>(MetricLabels.ErrorKind, Kinds[(int)kind]));
        attempts.Record(took.TotalSeconds, new KeyValuePair<string, object?>(MetricLabels.Outcome, "failed"));
    }
}
