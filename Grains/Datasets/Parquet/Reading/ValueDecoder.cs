using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>
/// Turns the bytes of pages into rows of a buffer. One call per page; malformed bytes are an <see cref="InvalidDataException"/>.
/// </summary>
internal abstract class ValueDecoder
{
    public abstract ColumnBuffer Buffer { get; }

    /// <summary>Whether values so encoded are read.</summary>
    public abstract bool Supports(PageEncoding encoding);

    /// <summary>Takes the dictionary, PLAIN.</summary>
    public abstract void DecodeDictionary(ReadOnlySpan<byte> page, int count);

    /// <summary>Adds rows; the page holds values for those that are <paramref name="present"/>, or for all if that is empty.</summary>
    public abstract void Decode(ReadOnlySpan<byte> page, PageEncoding encoding, ReadOnlySpan<bool> present, int rows);

    public static ValueDecoder Of(ColumnType type, int capacity) => type switch
    {
        ColumnType.Int32 => new FixedDecoder<int>(capacity),
        ColumnType.Int64 => new FixedDecoder<long>(capacity),
        ColumnType.Float => new FixedDecoder<float>(capacity),
        ColumnType.Double => new FixedDecoder<double>(capacity),
        ColumnType.Bool => new BoolDecoder(capacity),
        ColumnType.Text => new TextDecoder(capacity),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such column type"),
    };
}
