namespace Sweeps.Compute.Devices;

/// <summary>The kernels of one text on one device.</summary>
internal interface IDeviceModule
{
    /// <exception cref="ArgumentException">The text has no kernel of this name.</exception>
    IDeviceKernel Kernel(string name);
}
