using Sweeps.Grains.Datasets.Parquet.Thrift;

namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>An element of the schema: the root (with children) or a column (with a type).</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Type">Type in pages; null for a node with children.</param>
/// <param name="Repetition">How often it occurs in a row.</param>
/// <param name="Children">Number of children.</param>
/// <param name="ConvertedType">The older annotation, by its number in the format, or null.</param>
/// <param name="LogicalType">The newer annotation, by its field in the format's union, or null.</param>
/// <param name="UnsignedInteger">Whether the logical type is an unsigned integer.</param>
internal sealed record SchemaNode(
    string Name,
    PhysicalType? Type,
    Repetition Repetition,
    int Children,
    int? ConvertedType,
    int? LogicalType,
    bool UnsignedInteger = false)
{
    public const int ConvertedUtf8 = 0;
    public const int LogicalString = 1;
    public const int LogicalInteger = 10;

    public void WriteElement(CompactWriter writer)
    {
        writer.BeginElement();
        if (Type is { } physical)
        {
            writer.Int32(1, (int)physical);
            writer.Int32(3, (int)Repetition);
        }
        writer.Text(4, Name);
        if (Type is null) writer.Int32(5, Children);
        if (ConvertedType is { } converted) writer.Int32(6, converted);
        if (LogicalType is { } logical)
        {
            writer.BeginStruct(10);
            writer.BeginStruct(logical);
            writer.End();
            writer.End();
        }
        writer.End();
    }

    public static SchemaNode ReadElement(ref CompactReader reader)
    {
        string? name = null;
        PhysicalType? physical = null;
        var repetition = Repetition.Required;
        int children = 0;
        int? converted = null, logical = null;
        bool unsigned = false;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: physical = (PhysicalType)reader.Int32(type); break;
                case 3: repetition = (Repetition)reader.Int32(type); break;
                case 4: name = reader.Text(type); break;
                case 5: children = reader.Int32(type); break;
                case 6: converted = reader.Int32(type); break;
                case 10: logical = ReadLogicalType(ref reader, type, out unsigned); break;
                default: reader.Skip(type); break;
            }
        }
        return new(name ?? throw reader.Damaged("a name in the schema"), physical, repetition, children, converted, logical, unsigned);
    }

    private static int? ReadLogicalType(ref CompactReader reader, CompactType unionType, out bool unsigned)
    {
        reader.Expect(unionType, CompactType.Struct);
        int? logical = null;
        unsigned = false;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            logical = field;
            if (field != LogicalInteger)
            {
                reader.Skip(type);
                continue;
            }
            reader.Expect(type, CompactType.Struct);
            for (int part = 0; reader.Next(ref part, out var partType);)
            {
                if (part == 2) unsigned = !reader.Bool(partType);
                else reader.Skip(partType);
            }
        }
        return logical;
    }
}
