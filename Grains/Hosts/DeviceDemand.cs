namespace Sweeps.Grains.Hosts;

/// <summary>Which lanes of a cluster may work on a sweep.</summary>
public enum DeviceDemand
{
    Either,

    /// <summary>Processors alone.</summary>
    Processor,

    /// <summary>Devices with a driver alone.</summary>
    Accelerator,
}
