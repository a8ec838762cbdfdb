using System.Runtime.InteropServices;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>Numbers, little-endian.</summary>
/// <typeparam name="T">int, long, float or double.</typeparam>
internal sealed class FixedDecoder<T>(int capacity) : ValueDecoder<T>(capacity)
    where T : unmanaged
{
    /// <inheritdoc/>
    protected override void DecodePlain(ReadOnlySpan<byte> page, Span<T> values)
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (page.Length != bytes.Length)
            throw new InvalidDataException($"{bytes.Length} bytes for {values.Length} values, not {page.Length}");
        page.CopyTo(bytes);
    }
}
