using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Random;

/// <summary>
/// Standard normals of a stream on a device: the bits of <see cref="NormalsSimd"/> where the device rounds correctly, else within 1e-6.
/// </summary>
internal sealed class NormalsDevice
{
    private readonly IDeviceKernel words;
    private readonly IDeviceKernel normals;

    /// <exception cref="DeviceException">The driver refuses the text.</exception>
    public NormalsDevice(IDevice device)
    {
        IDeviceModule module = device.Load(DeviceText.Of("Random/FillNormals.cl"));
        (words, normals) = (module.Kernel("philox_words"), module.Kernel("fill_normals"));
    }

    /// <summary>Puts the four words of each of <paramref name="counters"/> counters into elements <paramref name="at"/> and on.</summary>
    public void Words(
        IDeviceQueue queue, RandomStream stream, ulong firstCounter, long counters, DeviceArray<uint> destination, long at = 0)
    {
        Check(at, checked(4 * counters), destination.Length);
        if (counters == 0) return;
        queue.Launch(words, LaunchGrid.Covering((ulong)counters, words),
            destination, (ulong)at, firstCounter, (ulong)counters, stream.Key0, stream.Key1, stream.Upper0, stream.Upper1);
    }

    /// <summary>Puts that many normals, from the first given on, into elements <paramref name="at"/> and on.</summary>
    public void Fill(IDeviceQueue queue, RandomStream stream, ulong first, long count, DeviceArray<float> destination, long at = 0)
    {
        Check(at, count, destination.Length);
        if (count == 0) return;
        ulong counters = ((first + (ulong)count - 1) / NormalsSimd.GroupSize - first / NormalsSimd.GroupSize + 1) * 8;
        queue.Launch(normals, LaunchGrid.Covering(counters, normals),
            destination, (ulong)at, first, (ulong)count, stream.Key0, stream.Key1, stream.Upper0, stream.Upper1);
    }

    private static void Check(long at, long count, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, length - at);
    }
}
