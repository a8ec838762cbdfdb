namespace Sweeps.Compute.Devices;

/// <summary>
/// Host memory that copies to a device go through, so that the caller's span is free when the call returns. It is taken front to back; when
/// it is full, the queue is waited for and it begins anew.
/// </summary>
/// <param name="memory">Host memory that the driver may read until the queue has been waited for.</param>
/// <param name="bytes">Its size.</param>
/// <param name="finish">Waits for the queue.</param>
internal sealed unsafe class HostStaging(byte* memory, long bytes, Action finish)
{
    /// <summary>Enough that waiting is rare beside the time of the copies.</summary>
    public const int DefaultBytes = 4 << 20;

    // Where pieces begin: copies are fastest from there.
    private const long Alignment = 256;

    private long used;

    /// <summary>Copies out the next piece of a span, as much as there is room for; the bytes taken.</summary>
    /// <param name="source">Not empty.</param>
    /// <param name="piece">Where they lie, until the next wait.</param>
    public int Take(ReadOnlySpan<byte> source, out byte* piece)
    {
        // A short rest is not worth a copy of its own where the whole would fit in one.
        if (bytes - used < Math.Min(source.Length, bytes))
        {
            finish();
            used = 0;
        }
        int length = (int)Math.Min(source.Length, bytes - used);
        piece = memory + used;
        source[..length].CopyTo(new Span<byte>(piece, length));
        used = Math.Min(bytes, (used + length + Alignment - 1) / Alignment * Alignment);
        return length;
    }
}
