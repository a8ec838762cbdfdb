using System.Buffers;
using System.Buffers.Binary;
using Sweeps.Grains.Datasets.Parquet.Encodings;
using Sweeps.Grains.Datasets.Parquet.Metadata;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>Booleans: a bit each, or in the hybrid encoding behind a length in four bytes.</summary>
internal sealed class BoolDecoder(int capacity) : ValueDecoder<bool>(capacity)
{
    /// <inheritdoc/>
    public override bool Supports(PageEncoding encoding) => encoding is PageEncoding.Plain or PageEncoding.Rle;

    /// <inheritdoc/>
    protected override void DecodeValues(ReadOnlySpan<byte> page, PageEncoding encoding, Span<bool> values)
    {
        if (encoding == PageEncoding.Plain) DecodePlain(page, values);
        else DecodeRuns(page, values);
    }

    /// <inheritdoc/>
    protected override void DecodePlain(ReadOnlySpan<byte> page, Span<bool> values)
    {
        int bytes = (values.Length + 7) / 8;
        if (page.Length != bytes) throw new InvalidDataException($"{bytes} bytes for {values.Length} values, not {page.Length}");
        for (int i = 0; i < values.Length; i++) values[i] = ((page[i >> 3] >> (i & 7)) & 1) != 0;
    }

    private static void DecodeRuns(ReadOnlySpan<byte> page, Span<bool> values)
    {
        if (page.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(page) != page.Length - sizeof(int))
            throw new InvalidDataException("the length of the runs");
        int[] rented = ArrayPool<int>.Shared.Rent(values.Length);
        try
        {
            HybridDecoder.Decode(page[sizeof(int)..], 1, rented.AsSpan(0, values.Length));
            for (int i = 0; i < values.Length; i++) values[i] = rented[i] == 1;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }
}
