namespace Sweeps.Grains.Datasets.Tables;

/// <summary>
/// The values of one column in memory: a slot per row, and which rows have no value. The typed buffer holds the slots; this part is what
/// all
/// types share.
/// </summary>
public abstract class ColumnBuffer
{
    private protected const int SmallestCapacity = 16;

    private bool[] validity = [];

    private protected ColumnBuffer(ColumnType type) => Type = type;

    public ColumnType Type { get; }

    /// <summary>Rows, with and without a value.</summary>
    public int Count { get; private protected set; }

    /// <summary>Rows without a value.</summary>
    public int NullCount { get; private set; }

    /// <summary>Whether each row has a value; empty as long as all of them have.</summary>
    public ReadOnlySpan<bool> Validity => NullCount == 0 ? [] : validity.AsSpan(0, Count);

    public static ColumnBuffer Of(ColumnType type, int capacity = 0) => type switch
    {
        ColumnType.Int32 => new ColumnBuffer<int>(capacity),
        ColumnType.Int64 => new ColumnBuffer<long>(capacity),
        ColumnType.Float => new ColumnBuffer<float>(capacity),
        ColumnType.Double => new ColumnBuffer<double>(capacity),
        ColumnType.Bool => new ColumnBuffer<bool>(capacity),
        ColumnType.Text => new ColumnBuffer<string>(capacity),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such column type"),
    };

    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public bool IsNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        return NullCount != 0 && !validity[row];
    }

    /// <summary>Adds a row without a value.</summary>
    public abstract void AppendNull();

    /// <summary>The value of a row as an object, null where there is none: for display and comparison, not for bulk work.</summary>
    public abstract object? At(int row);

    /// <summary>Drops all rows, keeps the memory.</summary>
    public virtual void Clear()
    {
        Count = 0;
        NullCount = 0;
    }

    /// <summary>Records that the <paramref name="added"/> newest rows, already counted, have values.</summary>
    private protected void MarkPresent(int added)
    {
        if (NullCount == 0) return;
        EnsureValidity();
        validity.AsSpan(Count - added, added).Fill(true);
    }

    /// <summary>Records that the newest row, already counted, has no value.</summary>
    private protected void MarkNull()
    {
        if (NullCount++ == 0) StartValidity(Count - 1);
        EnsureValidity();
        validity[Count - 1] = false;
    }

    /// <summary>Overwrites what is recorded of the newest rows, already counted.</summary>
    private protected void Mark(ReadOnlySpan<bool> present)
    {
        int nulls = present.Count(false);
        if (nulls == 0)
        {
            MarkPresent(present.Length);
            return;
        }
        if (NullCount == 0) StartValidity(Count - present.Length);
        NullCount += nulls;
        EnsureValidity();
        present.CopyTo(validity.AsSpan(Count - present.Length));
    }

    private void StartValidity(int rowsBefore)
    {
        EnsureValidity();
        validity.AsSpan(0, rowsBefore).Fill(true);
    }

    private void EnsureValidity()
    {
        if (validity.Length >= Count) return;
        long doubled = long.Min(long.Max(2L * validity.Length, SmallestCapacity), Array.MaxLength);
        Array.Resize(ref validity, (int)long.Max(Count, doubled));
    }
}
