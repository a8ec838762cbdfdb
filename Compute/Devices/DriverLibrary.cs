using System.Runtime.InteropServices;

namespace Sweeps.Compute.Devices;

/// <summary>A driver's shared library, by the first of its names that loads. It stays loaded: drivers do not like to be unloaded.</summary>
internal sealed class DriverLibrary
{
    private readonly nint handle;
    private readonly string name;

    private DriverLibrary(nint handle, string name) => (this.handle, this.name) = (handle, name);

    /// <exception cref="DeviceException">None of the names loads.</exception>
    public static DriverLibrary Load(string driver, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (NativeLibrary.TryLoad(name, out nint handle)) return new(handle, name);
        throw new DeviceException(DeviceFailure.Unavailable, $"no {driver} driver on this machine ({string.Join(", ", names)} not found)");
    }

    /// <exception cref="DeviceException">The library lacks it.</exception>
    public nint Entry(string function) => NativeLibrary.TryGetExport(handle, function, out nint address)
        ? address
        : throw new DeviceException(DeviceFailure.Unavailable, $"the driver {name} is too old: it has no {function}");
}
