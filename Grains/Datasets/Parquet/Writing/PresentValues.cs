using System.Buffers;
using System.Runtime.CompilerServices;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>The values of a buffer without the rows that have none: the buffer's own memory where all have, else a packed copy.</summary>
internal sealed class PresentValues<T> : IDisposable
    where T : notnull
{
    private readonly T[]? packed;
    private readonly T[] values;
    private readonly int count;

    public PresentValues(ColumnBuffer<T> buffer)
    {
        values = buffer.Slots;
        count = buffer.Count;
        if (buffer.NullCount == 0) return;
        var validity = buffer.Validity;
        values = packed = ArrayPool<T>.Shared.Rent(buffer.Count - buffer.NullCount + 1);
        count = 0;
        var slots = buffer.Values;
        for (int row = 0; row < slots.Length; row++)
        {
            // Written always, kept only when present: no branch to mispredict.
            packed[count] = slots[row];
            count += Unsafe.BitCast<bool, byte>(validity[row]);
        }
    }

    public ReadOnlySpan<T> Span => values.AsSpan(0, count);

    public void Dispose()
    {
        if (packed is not null) ArrayPool<T>.Shared.Return(packed, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
    }
}
