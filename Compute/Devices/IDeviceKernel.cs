namespace Sweeps.Compute.Devices;

/// <summary>A kernel on one device, launched by <see cref="IDeviceQueue.Launch"/>.</summary>
internal interface IDeviceKernel
{
    string Name { get; }

    /// <summary>Threads in a group, as the text's <c>KERNEL(name, threads)</c> says.</summary>
    int GroupSize { get; }
}
