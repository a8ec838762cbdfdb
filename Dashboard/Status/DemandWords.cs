using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Status;

/// <summary>What a sweep asks of a cluster, in the words of commands and of JSON.</summary>
internal static class DemandWords
{
    /// <summary>Priorities go from minus this to this.</summary>
    public const int HighestPriority = 1000;

    public const string Processor = "cpu", Accelerator = "gpu";

    /// <summary>The word of <c>--only</c>; null for lanes of any kind.</summary>
    public static string? Word(DeviceDemand demand) => demand switch
    {
        DeviceDemand.Processor => Processor,
        DeviceDemand.Accelerator => Accelerator,
        _ => null,
    };

    public static DeviceDemand Demand(string? word) => word switch
    {
        Processor => DeviceDemand.Processor,
        Accelerator => DeviceDemand.Accelerator,
        _ => DeviceDemand.Either,
    };
}
