using System.Collections.Immutable;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>
/// The attributes that a figure may carry. None of them counts points or chunks, and none names a silo: whoever scrapes knows whom it asked
/// (<c>instance</c>).
/// </summary>
public static class MetricLabels
{
    /// <summary>Id of a sweep, <c>drift-17</c>; on one machine the name of its folder.</summary>
    public const string Sweep = "sweep";

    /// <summary>Name of an experiment of the catalogue.</summary>
    public const string Experiment = "experiment";

    /// <summary>A measured quantity of the experiment.</summary>
    public const string Quantity = "quantity";

    /// <summary>As in the column <c>device</c>: <c>cpu</c>, <c>opencl</c>, <c>cuda</c>.</summary>
    public const string DeviceKind = "device.kind";

    /// <summary>Number of a lane within its silo.</summary>
    public const string Lane = "lane";

    /// <summary>Where something stands; each instrument has its own words for it.</summary>
    public const string State = "state";

    /// <summary>How something ended.</summary>
    public const string Outcome = "outcome";

    /// <summary>Why something was given up.</summary>
    public const string Reason = "reason";

    /// <summary>What a worker asked a grain for.</summary>
    public const string Call = "call";

    /// <summary>What kind of failure it was.</summary>
    public const string ErrorKind = "error.kind";

    /// <summary>A table of the dataset.</summary>
    public const string Table = "table";

    /// <summary>What was done to a dataset as a whole.</summary>
    public const string Job = "dataset.job";

    public static ImmutableArray<string> All { get; } =
        [Sweep, Experiment, Quantity, DeviceKind, Lane, State, Outcome, Reason, Call, ErrorKind, Table, Job];
}
