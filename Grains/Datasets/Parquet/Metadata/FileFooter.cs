using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet.Thrift;

namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>What a Parquet file says of itself, at its end.</summary>
internal sealed record FileFooter(
    ImmutableArray<SchemaNode> Schema,
    long RowCount,
    ImmutableArray<ChunkGroup> Groups,
    ImmutableArray<KeyValue> Metadata,
    string? CreatedBy)
{
    /// <summary>Whether bounds of all columns are ordered as their types are: else they mean nothing.</summary>
    public bool TypeDefinedOrder { get; init; } = true;

    /// <summary>Recommended by the format for every writer, as readers disagree on what 2 means.</summary>
    private const int FormatVersion = 1;

    public void Write(CompactWriter writer)
    {
        writer.BeginElement();
        writer.Int32(1, FormatVersion);
        writer.BeginList(2, CompactType.Struct, Schema.Length);
        foreach (var node in Schema) node.WriteElement(writer);
        writer.Int64(3, RowCount);
        writer.BeginList(4, CompactType.Struct, Groups.Length);
        foreach (var group in Groups) group.WriteElement(writer);
        KeyValue.WriteAll(writer, 5, Metadata);
        if (CreatedBy is not null) writer.Text(6, CreatedBy);
        writer.BeginList(7, CompactType.Struct, Schema.Length - 1);
        for (int i = 1; i < Schema.Length; i++) WriteTypeDefinedOrder(writer);
        writer.End();
    }

    public static FileFooter Read(ref CompactReader reader)
    {
        SchemaNode[]? schema = null;
        ChunkGroup[]? groups = null;
        ImmutableArray<KeyValue> metadata = [];
        string? createdBy = null;
        long rows = -1;
        bool ordered = false;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 2:
                    schema = new SchemaNode[reader.List(type, CompactType.Struct)];
                    for (int i = 0; i < schema.Length; i++) schema[i] = SchemaNode.ReadElement(ref reader);
                    break;
                case 3: rows = reader.Int64(type); break;
                case 4:
                    groups = new ChunkGroup[reader.List(type, CompactType.Struct)];
                    for (int i = 0; i < groups.Length; i++) groups[i] = ChunkGroup.ReadElement(ref reader);
                    break;
                case 5: metadata = KeyValue.ReadAll(ref reader, type); break;
                case 6: createdBy = reader.Text(type); break;
                case 7: ordered = ReadTypeDefinedOrder(ref reader, type); break;
                case 8: throw reader.Unsupported("encrypted columns");
                default: reader.Skip(type); break;
            }
        }
        if (schema is null || groups is null || rows < 0) throw reader.Damaged("schema, row count and row groups of the file");
        return new([.. schema], rows, [.. groups], metadata, createdBy) { TypeDefinedOrder = ordered };
    }

    /// <summary>Says that bounds are ordered as the column's type is; without it readers must not use them.</summary>
    private static void WriteTypeDefinedOrder(CompactWriter writer)
    {
        writer.BeginElement();
        writer.BeginStruct(1);
        writer.End();
        writer.End();
    }

    private static bool ReadTypeDefinedOrder(ref CompactReader reader, CompactType listType)
    {
        bool all = true;
        int count = reader.List(listType, CompactType.Struct);
        for (int i = 0; i < count; i++)
        {
            for (int field = 0; reader.Next(ref field, out var type); reader.Skip(type)) all &= field == 1;
        }
        return all;
    }
}
