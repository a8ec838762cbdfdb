using static Sweeps.Grains.Telemetry.Declarations.FactOf;
using static Sweeps.Grains.Telemetry.Declarations.InstrumentKind;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>How the database serves a process.</summary>
public static class DatabaseInstruments
{
    public static readonly InstrumentDeclaration Errors = new(
        Counter, "sweeps.database.errors", "{error}",
        "Attempts that the database did not answer or refused, those repeated with success included.",
        ProcessPart, [ErrorKind]);

    public static readonly InstrumentDeclaration AttemptDuration = new(
        Histogram, "sweeps.database.attempt.duration", "s", "One attempt of a turn: connection, statements, commit.",
        ProcessPart, [Outcome])
    {
        Buckets = Buckets.Call,
    };
}
