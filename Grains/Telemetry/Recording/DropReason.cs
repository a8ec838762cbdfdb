namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>Why a chunk was taken and not settled.</summary>
public enum DropReason
{
    /// <summary>The grain refused to renew, or to complete.</summary>
    LeaseLost,

    /// <summary>Given back unharmed: a drain, or the end of the process.</summary>
    HandedBack,

    /// <summary>The dataset went on to its next generation.</summary>
    DatasetMoved,

    /// <summary>Its device was lost.</summary>
    DeviceLost,

    /// <summary>Its own process died.</summary>
    Died,
}

/// <summary>Reasons as they are told.</summary>
internal static class DropReasons
{
    private static readonly string[] Words = ["lease_lost", "handed_back", "dataset_moved", "device_lost", "died"];

    public static string Word(DropReason reason) => Words[(int)reason];

    /// <summary>One clause; null where nothing went wrong.</summary>
    public static string? Error(DropReason reason) => reason switch
    {
        DropReason.LeaseLost => "its lease was lost",
        DropReason.DatasetMoved => "the dataset went on to its next generation",
        DropReason.DeviceLost => "its device was lost",
        DropReason.Died => "its own process died",
        _ => null,
    };
}
