using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>Memory on a device that goes all at once.</summary>
internal sealed class DeviceArrays(IDevice device) : IDisposable
{
    private readonly List<IDisposable> arrays = [];

    /// <exception cref="DeviceException">Out of memory; what was allocated before is still there.</exception>
    public DeviceArray<T> Of<T>(long length) where T : unmanaged => Add(new DeviceArray<T>(device, length));

    public T Add<T>(T array) where T : IDisposable
    {
        arrays.Add(array);
        return array;
    }

    public void Dispose()
    {
        foreach (IDisposable array in arrays) array.Dispose();
        arrays.Clear();
    }
}
