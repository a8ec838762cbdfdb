using System.Globalization;

namespace Sweeps.Compute.Devices.OpenCl;

/// <summary>Lists the devices of all OpenCL platforms, in the order of the loader.</summary>
internal static unsafe class OpenClDiscovery
{
    private const uint PlatformName = 0x0902;
    private const ulong AllTypes = 0xFFFFFFFF;
    private const ulong ProcessorType = 1 << 1;
    private const uint DeviceType = 0x1000;
    private const uint MaxComputeUnits = 0x1002;
    private const uint MaxWorkGroupSize = 0x1004;
    private const uint MaxMemAllocSize = 0x1010;
    private const uint SingleFpConfig = 0x101B;
    private const uint GlobalMemSize = 0x101F;
    private const uint LocalMemSize = 0x1023;
    private const uint Available = 0x1027;
    private const uint CompilerAvailable = 0x1028;
    private const uint DeviceName = 0x102B;
    private const uint DriverVersion = 0x102D;
    private const uint Profile = 0x102E;
    private const uint DeviceVersion = 0x102F;
    private const ulong CorrectlyRoundedDivideSqrt = 1 << 7;

    /// <exception cref="DeviceException">No driver, or none with a device of use; the message says why.</exception>
    public static IReadOnlyList<DetectedDevice> Devices(OpenClLibrary library)
    {
        List<DetectedDevice> found = [];
        List<string> refused = [];
        int index = 0;
        foreach (nint platform in Platforms(library))
        {
            string platformName = OpenClInfo.Text(
                "clGetPlatformInfo", (s, v, n) => library.GetPlatformInfo(platform, PlatformName, s, v, n));
            foreach (nint device in DevicesOf(library, platform))
            {
                int i = index++;
                try
                {
                    DeviceDescription description = Describe(library, device, platformName, i);
                    if (Refusal(library, device) is { } refusal) refused.Add($"{description}: {refusal}");
                    else found.Add(new(description, () => new OpenClDevice(library, platform, device, description)));
                }
                catch (DeviceException e)
                {
                    refused.Add(FormattableString.Invariant($"opencl:{i}: {e.Message}"));
                }
            }
        }
        if (found.Count > 0) return found;
        string why = refused.Count > 0 ? string.Join("; ", refused) : "the OpenCL drivers have no device";
        throw new DeviceException(DeviceFailure.Unavailable, why);
    }

    private static nint[] Platforms(OpenClLibrary library)
    {
        uint count = 0;
        int status = library.GetPlatformIDs(0, null, &count);
        if (status == OpenClStatus.PlatformNotFound || (status == OpenClStatus.Success && count == 0))
            throw new DeviceException(DeviceFailure.Unavailable, "the OpenCL loader is here, but no OpenCL driver");
        OpenClStatus.Check(status, "clGetPlatformIDs");
        var platforms = new nint[count];
        fixed (nint* p = platforms) OpenClStatus.Check(library.GetPlatformIDs(count, p, null), "clGetPlatformIDs");
        return platforms;
    }

    private static nint[] DevicesOf(OpenClLibrary library, nint platform)
    {
        uint count = 0;
        int status = library.GetDeviceIDs(platform, AllTypes, 0, null, &count);
        if (status == OpenClStatus.DeviceNotFound || count == 0) return [];
        OpenClStatus.Check(status, "clGetDeviceIDs");
        var devices = new nint[count];
        fixed (nint* d = devices) OpenClStatus.Check(library.GetDeviceIDs(platform, AllTypes, count, d, null), "clGetDeviceIDs");
        return devices;
    }

    private static DeviceDescription Describe(OpenClLibrary library, nint device, string platform, int index) => new()
    {
        Kind = DeviceKind.OpenCl,
        Index = index,
        Name = Text(library, device, DeviceName),
        Driver = $"{platform} {Text(library, device, DriverVersion)}, {Text(library, device, DeviceVersion)}",
        MemoryBytes = Bytes(Value<ulong>(library, device, GlobalMemSize)),
        LargestAllocation = Bytes(Value<ulong>(library, device, MaxMemAllocSize)),
        ComputeUnits = (int)Value<uint>(library, device, MaxComputeUnits),
        LocalMemoryBytes = Bytes(Value<ulong>(library, device, LocalMemSize)),
        LargestGroup = (int)Math.Min(int.MaxValue, Value<nuint>(library, device, MaxWorkGroupSize)),
        IsProcessor = (Value<ulong>(library, device, DeviceType) & ProcessorType) != 0,
        // fma() is correctly rounded in the full profile (specification 1.2, §7.4); √ and ÷ where the device says so.
        RoundsCorrectly = (Value<ulong>(library, device, SingleFpConfig) & CorrectlyRoundedDivideSqrt) != 0,
    };

    /// <summary>Why a device cannot be used; null if it can.</summary>
    private static string? Refusal(OpenClLibrary library, nint device)
    {
        if (Value<uint>(library, device, Available) == 0) return "its driver says that it is not available";
        if (Value<uint>(library, device, CompilerAvailable) == 0) return "its driver has no compiler";
        if (Text(library, device, Profile) != "FULL_PROFILE") return "its driver has the embedded profile only";
        // "OpenCL 1.2 …", so that words 1 of all devices compare as numbers.
        string version = Text(library, device, DeviceVersion);
        bool known = double.TryParse(version.Split(' ').ElementAtOrDefault(1), CultureInfo.InvariantCulture, out double number);
        return known && number >= 1.2 ? null : $"its driver has {version}, and 1.2 is needed";
    }

    private static long Bytes(ulong bytes) => (long)Math.Min(bytes, long.MaxValue);

    private static string Text(OpenClLibrary library, nint device, uint property) =>
        OpenClInfo.Text("clGetDeviceInfo", (s, v, n) => library.GetDeviceInfo(device, property, s, v, n));

    private static T Value<T>(OpenClLibrary library, nint device, uint property) where T : unmanaged =>
        OpenClInfo.Value<T>("clGetDeviceInfo", (s, v, n) => library.GetDeviceInfo(device, property, s, v, n));
}
