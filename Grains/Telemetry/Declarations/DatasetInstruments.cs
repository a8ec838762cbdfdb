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
}
