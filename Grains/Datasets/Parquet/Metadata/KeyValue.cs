using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet.Thrift;

namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>A key with a value, of the file or of a column chunk.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Value">Any text.</param>
internal sealed record KeyValue(string Key, string Value)
{
    public static void WriteAll(CompactWriter writer, int field, ImmutableArray<KeyValue> pairs)
    {
        writer.BeginList(field, CompactType.Struct, pairs.Length);
        foreach (var pair in pairs)
        {
            writer.BeginElement();
            writer.Text(1, pair.Key);
            writer.Text(2, pair.Value);
            writer.End();
        }
    }

    public static ImmutableArray<KeyValue> ReadAll(ref CompactReader reader, CompactType type)
    {
        int count = reader.List(type, CompactType.Struct);
        var pairs = ImmutableArray.CreateBuilder<KeyValue>(count);
        for (int i = 0; i < count; i++) pairs.Add(Read(ref reader));
        return pairs.MoveToImmutable();
    }

    private static KeyValue Read(ref CompactReader reader)
    {
        string? key = null;
        string value = "";
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: key = reader.Text(type); break;
                case 2: value = reader.Text(type); break;
                default: reader.Skip(type); break;
            }
        }
        return new(key ?? throw reader.Damaged("a key"), value);
    }
}
