using System.Collections.Immutable;
using Sweeps.Compute.Devices.Cuda;
using Sweeps.Compute.Devices.OpenCl;

namespace Sweeps.Compute.Devices;

/// <summary>The devices of this machine beside its processor, CUDA's first; a card that both drivers show is in it twice.</summary>
public sealed class DeviceCatalogue
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
    /// The devices that were chosen; none for the processor. A kind without a number: all of the kind. <c>auto</c>: the accelerators that round
    /// correctly, all by one driver.
    /// </summary>
    /// <exception cref="DeviceException">It is not here; the message says why and what is.</exception>
    public ImmutableArray<DetectedDevice> Find(DeviceChoice choice)
    {
        if (choice == DeviceChoice.Processor) return [];
        if (choice == DeviceChoice.Auto)
        {
            DetectedDevice[] accelerators = [.. Devices.Where(d => d.Description is { IsProcessor: false, RoundsCorrectly: true })];
            return [.. accelerators.Where(d => d.Description.Kind == accelerators[0].Description.Kind)];
        }
        ImmutableArray<DetectedDevice> chosen = [.. Devices.Where(d => choice.Names(d.Description))];
        if (chosen.Length > 0) return chosen;
        string here = string.Join(", ", Devices.Select(d => d.Description).Select(d => d.ToString()).Prepend("cpu"));
        string reason = choice.Kind is { } kind && Missing.TryGetValue(kind, out string? sentence) ? $": {sentence}" : "";
        throw new DeviceException(DeviceFailure.Unavailable, $"there is no device {choice} here{reason}; there are {here}");
    }
}
