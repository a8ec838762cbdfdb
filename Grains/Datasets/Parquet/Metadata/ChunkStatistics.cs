using Sweeps.Grains.Datasets.Parquet.Thrift;

namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>Statistics of a column chunk; bounds in PLAIN encoding, without the length in front of text.</summary>
internal sealed record ChunkStatistics(long? NullCount, byte[]? Minimum, byte[]? Maximum)
{
    public void Write(CompactWriter writer, int field)
    {
        writer.BeginStruct(field);
        if (NullCount is { } nulls) writer.Int64(3, nulls);
        if (Maximum is not null) writer.Binary(5, Maximum);
        if (Minimum is not null) writer.Binary(6, Minimum);
        if (Maximum is not null) writer.Bool(7, true);
        if (Minimum is not null) writer.Bool(8, true);
        writer.End();
    }

    public static ChunkStatistics Read(ref CompactReader reader, CompactType structType)
    {
        reader.Expect(structType, CompactType.Struct);
        long? nulls = null;
        byte[]? minimum = null, maximum = null;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 3: nulls = reader.Int64(type); break;
                case 5: maximum = reader.Binary(type).ToArray(); break;
                case 6: minimum = reader.Binary(type).ToArray(); break;
                default: reader.Skip(type); break;
            }
        }
        return new(nulls, minimum, maximum);
    }
}
