using System.Buffers;

namespace Sweeps.Grains.Datasets.Parquet.Encodings;

/// <summary>Which rows of a page have a value: in a flat table one bit each, in the hybrid encoding.</summary>
internal static class DefinitionLevels
{
    private const int Width = 1;

    /// <summary>Appends the levels of a page of the first version: their length in four bytes, then they.</summary>
    /// <param name="present">Empty when all rows have a value.</param>
    /// <param name="rows">Rows of the page.</param>
    /// <param name="target">Gets the bytes.</param>
    public static void Encode(ReadOnlySpan<bool> present, int rows, ByteSink target)
    {
        int lengthAt = target.Length;
        target.WriteInt32(0);
        if (present.IsEmpty)
        {
            HybridEncoder.EncodeRun(1, rows, Width, target);
        }
        else
        {
            int[] levels = ArrayPool<int>.Shared.Rent(rows);
            for (int i = 0; i < rows; i++) levels[i] = present[i] ? 1 : 0;
            HybridEncoder.Encode(levels.AsSpan(0, rows), Width, target);
            ArrayPool<int>.Shared.Return(levels);
        }
        target.Patch(lengthAt, BitConverter.GetBytes(target.Length - lengthAt - sizeof(int)));
    }

    /// <summary>Whether all rows have a value, as far as can be seen at once.</summary>
    public static bool AllPresent(ReadOnlySpan<byte> levels, int rows) => HybridDecoder.IsRunOf(levels, Width, 1, rows);

    /// <exception cref="InvalidDataException">The bytes are no levels of so many rows.</exception>
    public static void Decode(ReadOnlySpan<byte> levels, Span<bool> present)
    {
        int[] decoded = ArrayPool<int>.Shared.Rent(present.Length);
        try
        {
            HybridDecoder.Decode(levels, Width, decoded.AsSpan(0, present.Length));
            for (int i = 0; i < present.Length; i++)
            {
                if ((uint)decoded[i] > 1) throw new InvalidDataException($"a definition level of 0 or 1, not {decoded[i]}");
                present[i] = decoded[i] == 1;
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(decoded);
        }
    }
}
