namespace Sweeps.Compute.Devices;

/// <summary>What a device's failure means for whoever drives it.</summary>
internal enum DeviceFailure
{
    /// <summary>Memory ran short: ask for less, and go on.</summary>
    OutOfMemory,

    /// <summary>The device, or this process's hold of it, is gone: what it held cannot be read, and nothing more will run.</summary>
    Lost,

    /// <summary>The driver refused the kernel text.</summary>
    Build,

    /// <summary>No driver, a broken driver, or a device that is not to be had.</summary>
    Unavailable,

    Other,
}
