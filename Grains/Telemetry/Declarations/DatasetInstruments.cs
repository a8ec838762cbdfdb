using static Sweeps.Grains.Telemetry.Declarations.FactOf;
using static Sweeps.Grains.Telemetry.Declarations.InstrumentKind;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>What a process writes.</summary>
public static class DatasetInstruments
{
    public static readonly InstrumentDeclaration Rows = new(
        Counter, "sweeps.dataset.rows", "{row}", "Rows of placed part files.", ProcessPart, [Sweep, Table]);

    public static readonly InstrumentDeclaration Written = new(
        Counter, "sweeps.dataset.written", "By", "Bytes of placed part files.", ProcessPart, [Sweep, Table]);

    public static readonly InstrumentDeclaration JobDuration = new(
        Histogram, "sweeps.dataset.job.duration", "s",
        "Work on a dataset as a whole: prepare, extend, finish; done, failed, or lost to another silo.",
        ProcessPart, [Job, Outcome])
    {
        Buckets = Buckets.Job,
    };

    public static readonly InstrumentDeclaration DataErrors = new(
        Counter, "sweeps.data.errors", "{error}",
        "Times that the data folder could not be read or written, the disk full included; what was in hand is handed back.",
        ProcessPart, []);

    public static readonly InstrumentDeclaration DataFree = new(
        Gauge, "sweeps.data.free", "By",
        "Bytes that this process may still write into the data folder; all silos share it, so the least is what counts.",
        ProcessExtreme, []);
}
