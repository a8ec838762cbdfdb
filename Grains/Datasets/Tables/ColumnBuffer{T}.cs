using System.Runtime.CompilerServices;

namespace Sweeps.Grains.Datasets.Tables;

/// <summary>The values of one column, typed; a row without a value holds the default in its slot.</summary>
/// <typeparam name="T">int, long, float, double, bool or string, as <see cref="ColumnType"/> says.</typeparam>
public sealed class ColumnBuffer<T> : ColumnBuffer
    where T : notnull
{
    private T[] values;

    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is none of the column types.</exception>
    public ColumnBuffer(int capacity = 0)
        : base(TypeOfT()) => values = capacity == 0 ? [] : new T[capacity];

    /// <summary>A slot per row.</summary>
    public ReadOnlySpan<T> Values => values.AsSpan(0, Count);

    /// <summary>The slots and, behind them, room for more.</summary>
    internal T[] Slots => values;

    /// <summary>The slot of a row.</summary>
    /// <exception cref="IndexOutOfRangeException">No such row.</exception>
    public T this[int row] => Values[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(T value)
    {
        int row = Count;
        if (row >= values.Length) Grow(1);
        values[row] = value;
        Count = row + 1;
        if (NullCount != 0) MarkPresent(1);
    }

    /// <summary>Adds a row per value.</summary>
    public void Append(ReadOnlySpan<T> more) => more.CopyTo(Extend(more.Length));

    /// <inheritdoc/>
    public override void AppendNull()
    {
        if (Count >= values.Length) Grow(1);
        values[Count++] = default!;
        MarkNull();
    }

    /// <summary>
    /// Adds <paramref name="count"/> rows with values and hands out their slots to be filled, all of them, before the next change.
    /// </summary>
    public Span<T> Extend(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > values.Length - Count) Grow(count);
        Count += count;
        MarkPresent(count);
        return values.AsSpan(Count - count, count);
    }

    /// <summary>
    /// Adds a row per entry of <paramref name="present"/>, and hands out slots for the values of those that are true, packed at the front;
    /// <see cref="Spread"/> must follow once they are filled.
    /// </summary>
    internal Span<T> ExtendPacked(ReadOnlySpan<bool> present)
    {
        if (present.Length > values.Length - Count) Grow(present.Length);
        Count += present.Length;
        Mark(present);
        return values.AsSpan(Count - present.Length, present.Count(true));
    }

    /// <summary>Moves the packed values of the newest rows to the slots of the rows that have one.</summary>
    internal void Spread(ReadOnlySpan<bool> present)
    {
        var rows = values.AsSpan(Count - present.Length, present.Length);
        int packed = present.Count(true);
        for (int row = present.Length - 1; row >= 0; row--) rows[row] = present[row] ? rows[--packed] : default!;
    }

    /// <inheritdoc/>
    public override object? At(int row) => IsNull(row) ? null : values[row];

    /// <inheritdoc/>
    public override void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) Array.Clear(values, 0, Count);
        base.Clear();
    }

    private void Grow(int more)
    {
        long needed = (long)Count + more;
        if (needed > Array.MaxLength) throw new InvalidOperationException($"a column buffer holds at most {Array.MaxLength} rows");
        long doubled = long.Min(long.Max(2L * values.Length, SmallestCapacity), Array.MaxLength);
        Array.Resize(ref values, (int)long.Max(needed, doubled));
    }

    private static ColumnType TypeOfT()
    {
        if (typeof(T) == typeof(int)) return ColumnType.Int32;
        if (typeof(T) == typeof(long)) return ColumnType.Int64;
        if (typeof(T) == typeof(float)) return ColumnType.Float;
        if (typeof(T) == typeof(double)) return ColumnType.Double;
        if (typeof(T) == typeof(bool)) return ColumnType.Bool;
        if (typeof(T) == typeof(string)) return ColumnType.Text;
        throw new NotSupportedException($"no column type for {typeof(T)}");
    }
}
