namespace Sweeps.Compute.Devices;

/// <summary>Which driver a device is reached by.</summary>
internal enum DeviceKind
{
    Cuda,
    OpenCl,
}

internal static class DeviceKindWords
{
    /// <summary>As in <c>--device</c>: <c>cuda</c>, <c>opencl</c>.</summary>
    public static string Word(this DeviceKind kind) => kind == DeviceKind.Cuda ? "cuda" : "opencl";
}
