using System.Collections.Immutable;
using Sweeps.Compute.Devices.Cuda;
using Sweeps.Compute.Devices.OpenCl;

namespace Sweeps.Compute.Devices;

/// <summary>The devices of this machine beside its processor, CUDA's first; a card that both drivers show is in it twice.</summary>
internal sealed class DeviceCatalogue
{
    private DeviceCatalogue(ImmutableArray<DetectedDevice> devices, ImmutableSortedDictionary<DeviceKind, string> missing) =>
        (Devices, Missing) = (devices, missing);

    public ImmutableArray<DetectedDevice> Devices { get; }

    /// <summary>For each kind without a device one sentence of why.</summary>
    public ImmutableSortedDictionary<DeviceKind, string> Missing { get; }

    /// <summary>Looks for drivers and devices; never throws.</summary>
    public static DeviceCatalogue Discover() => Discover([], []);

    /// <summary>The same with other driver libraries than those of the operating system.</summary>
    /// <param name="cuda">Files to try for CUDA; none: the usual ones.</param>
    /// <param name="openCl">Files to try for OpenCL; none: the usual ones.</param>
    public static DeviceCatalogue Discover(string[] cuda, string[] openCl)
    {
        var devices = ImmutableArray.CreateBuilder<DetectedDevice>();
        var missing = ImmutableSortedDictionary.CreateBuilder<DeviceKind, string>();
        Look(DeviceKind.Cuda, () => CudaDiscovery.Devices(new CudaLibrary(cuda)));
        Look(DeviceKind.OpenCl, () => OpenClDiscovery.Devices(new OpenClLibrary(openCl)));
        return new(devices.ToImmutable(), missing.ToImmutable());

        void Look(DeviceKind kind, Func<IReadOnlyList<DetectedDevice>> look)
        {
            try
            {
                devices.AddRange(look());
            }
#pragma warning disable CA1031 // A driver may fail in any way it likes; this machine then has none, and the sentence says why.
            catch (Exception e)
#pragma warning restore CA1031
            {
                missing.Add(kind, e.Message);
            }
        }
    }

    /// <summary>
    /// The device that was chosen; null for the processor. <c>auto</c>: the first accelerator that rounds correctly, else the processor.
    /// </summary>
    /// <exception cref="DeviceException">It is not here; the message says why and what is.</exception>
    public DetectedDevice? Find(DeviceChoice choice)
    {
        if (choice == DeviceChoice.Processor) return null;
        if (choice == DeviceChoice.Auto) return Devices.FirstOrDefault(d => d.Description is { IsProcessor: false, RoundsCorrectly: true });
        if (Devices.FirstOrDefault(d => choice.Names(d.Description)) is { } device) return device;
        string here = string.Join(", ", Devices.Select(d => d.Description).Select(d => d.ToString()).Prepend("cpu"));
        string reason = choice.Kind is { } kind && Missing.TryGetValue(kind, out string? sentence) ? $": {sentence}" : "";
        throw new DeviceException(DeviceFailure.Unavailable, $"there is no device {choice} here{reason}; there are {here}");
    }
}
