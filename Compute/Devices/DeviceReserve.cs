namespace Sweeps.Compute.Devices;

/// <summary>
/// Device memory that is kept from use to use, for drivers take longer to give it than many a kernel takes: an array at least as long as
/// each use asks for, replaced when a longer one is wanted.
/// </summary>
internal sealed class DeviceReserve<T>(IDevice device) : IDisposable where T : unmanaged
{
    private DeviceArray<T>? array;

    /// <summary>The array of the last <see cref="AtLeast"/>.</summary>
    public DeviceArray<T> Array => array ?? throw new InvalidOperationException("nothing has been reserved");

    /// <summary>An array that holds so many elements, their content arbitrary; the one before may be gone.</summary>
    /// <exception cref="DeviceException">Out of memory; then nothing is held.</exception>
    public DeviceArray<T> AtLeast(long length)
    {
        if (array is not null && array.Length >= length) return array;
        Dispose();
        return array = new(device, length);
    }

    /// <summary>Gives the memory back; it may be asked for anew.</summary>
    public void Dispose()
    {
        array?.Dispose();
        array = null;
    }
}
