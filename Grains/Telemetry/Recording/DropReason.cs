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
