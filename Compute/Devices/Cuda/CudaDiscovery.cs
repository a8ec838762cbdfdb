using System.Runtime.InteropServices;

namespace Sweeps.Compute.Devices.Cuda;

/// <summary>Lists the devices of NVIDIA's driver.</summary>
internal static unsafe class CudaDiscovery
{
    /// <summary>What the embedded PTX is made for, as major and minor.</summary>
    public static readonly Version LeastCapability = new(8, 0);

    private const int MaxThreadsPerBlock = 1;
    private const int MultiprocessorCount = 16;
    private const int ComputeCapabilityMajor = 75;
    private const int ComputeCapabilityMinor = 76;
    private const int MaxSharedMemoryPerBlockOptin = 97;
    private const int LongestName = 256;

    /// <exception cref="DeviceException">No device of use; the message says why.</exception>
    public static IReadOnlyList<DetectedDevice> Devices(CudaLibrary library)
    {
        int count, version;
        CudaStatus.Check(library, library.DeviceGetCount(&count), "cuDeviceGetCount");
        CudaStatus.Check(library, library.DriverGetVersion(&version), "cuDriverGetVersion");
        List<DetectedDevice> found = [];
        List<string> refused = [];
        for (int i = 0; i < count; i++)
        {
            try
            {
                int device = Handle(library, i);
                var capability = new Version(
                    Attribute(library, device, ComputeCapabilityMajor), Attribute(library, device, ComputeCapabilityMinor));
                DeviceDescription description = Describe(library, device, i, capability, version);
                if (capability >= LeastCapability) found.Add(new(description, () => new CudaDevice(library, device, description)));
                else refused.Add($"{description} has compute capability {capability}, and {LeastCapability} is needed");
            }
            catch (DeviceException e)
            {
                refused.Add(FormattableString.Invariant($"cuda:{i}: {e.Message}"));
            }
        }
        if (found.Count > 0) return found;
        string why = refused.Count > 0 ? string.Join("; ", refused) : "the CUDA driver has no device";
        throw new DeviceException(DeviceFailure.Unavailable, why);
    }

    private static int Handle(CudaLibrary library, int index)
    {
        int device;
        CudaStatus.Check(library, library.DeviceGet(&device, index), "cuDeviceGet");
        return device;
    }

    private static DeviceDescription Describe(CudaLibrary library, int device, int index, Version capability, int version)
    {
        byte* name = stackalloc byte[LongestName];
        CudaStatus.Check(library, library.DeviceGetName(name, LongestName, device), "cuDeviceGetName");
        nuint memory;
        CudaStatus.Check(library, library.DeviceTotalMem(&memory, device), "cuDeviceTotalMem");
        return new()
        {
            Kind = DeviceKind.Cuda,
            Index = index,
            Name = Marshal.PtrToStringUTF8((nint)name) ?? "",
            Driver = FormattableString.Invariant($"CUDA {version / 1000}.{version % 1000 / 10}, compute capability {capability}"),
            MemoryBytes = (long)memory,
            LargestAllocation = (long)memory,
            ComputeUnits = Attribute(library, device, MultiprocessorCount),
            LocalMemoryBytes = Attribute(library, device, MaxSharedMemoryPerBlockOptin),
            LargestGroup = Attribute(library, device, MaxThreadsPerBlock),
            IsProcessor = false,
            // The text says sqrt.rn, div.rn and fma.rn.
            RoundsCorrectly = true,
        };
    }

    private static int Attribute(CudaLibrary library, int device, int attribute)
    {
        int value;
        CudaStatus.Check(library, library.DeviceGetAttribute(&value, attribute, device), "cuDeviceGetAttribute");
        return value;
    }
}
