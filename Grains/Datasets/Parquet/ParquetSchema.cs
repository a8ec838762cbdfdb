using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet;

/// <summary>Tables are flat: a root and one node per column.</summary>
internal static class ParquetSchema
{
    // Annotations by their numbers in the format that leave the values as they are.
    private static readonly ImmutableArray<int> TextConverted = [0 /* UTF8 */, 4 /* ENUM */, 19 /* JSON */];
    private static readonly ImmutableArray<int> TextLogical = [1 /* STRING */, 4 /* ENUM */, 12 /* JSON */];
    private static readonly ImmutableArray<int> Int32Converted =
        [11 /* UINT_8 */, 12 /* UINT_16 */, 15 /* INT_8 */, 16 /* INT_16 */, 17 /* INT_32 */];
    private static readonly ImmutableArray<int> Int64Converted = [18 /* INT_64 */];

    public static PhysicalType PhysicalTypeOf(ColumnType type) => type switch
    {
        ColumnType.Int32 => PhysicalType.Int32,
        ColumnType.Int64 => PhysicalType.Int64,
        ColumnType.Float => PhysicalType.Float,
        ColumnType.Double => PhysicalType.Double,
        ColumnType.Bool => PhysicalType.Boolean,
        ColumnType.Text => PhysicalType.ByteArray,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such column type"),
    };

    public static ImmutableArray<SchemaNode> NodesOf(TableSchema schema) =>
    [
        new("schema", null, Repetition.Required, schema.Columns.Length, null, null),
        .. schema.Columns.Select(NodeOf),
    ];

    /// <summary>The columns, without notes.</summary>
    /// <exception cref="UnsupportedFileException">The schema is not flat, or has types that a table has not.</exception>
    /// <exception cref="DamagedFileException">The schema contradicts itself.</exception>
    public static ImmutableArray<TableColumn> ColumnsOf(ImmutableArray<SchemaNode> nodes, string fileName, long offset)
    {
        if (nodes.Length < 2 || nodes[0].Type is not null)
            throw new DamagedFileException(fileName, offset, "expected a schema with a root and columns");
        var columns = nodes[1..];
        if (columns.FirstOrDefault(node => node.Type is null || node.Repetition == Repetition.Repeated) is { } nested)
            throw new UnsupportedFileException(fileName, offset, $"column '{nested.Name}' is nested or repeated, tables are flat");
        if (nodes[0].Children != columns.Length)
            throw new DamagedFileException(fileName, offset, $"expected {nodes[0].Children} columns, not {columns.Length}");
        return [.. columns.Select(node => ColumnOf(node, fileName, offset))];
    }

    private static SchemaNode NodeOf(TableColumn column)
    {
        var repetition = column.Nullable ? Repetition.Optional : Repetition.Required;
        return column.Type == ColumnType.Text
            ? new(column.Name, PhysicalType.ByteArray, repetition, 0, SchemaNode.ConvertedUtf8, SchemaNode.LogicalString)
            : new(column.Name, PhysicalTypeOf(column.Type), repetition, 0, null, null);
    }

    private static TableColumn ColumnOf(SchemaNode node, string fileName, long offset)
    {
        ColumnType? type = node.Type switch
        {
            PhysicalType.Boolean when Bare(node) => ColumnType.Bool,
            PhysicalType.Float when Bare(node) => ColumnType.Float,
            PhysicalType.Double when Bare(node) => ColumnType.Double,
            PhysicalType.Int32 when IntegerWithin(node, Int32Converted) => ColumnType.Int32,
            PhysicalType.Int64 when IntegerWithin(node, Int64Converted) => ColumnType.Int64,
            PhysicalType.ByteArray when IsText(node) => ColumnType.Text,
            _ => null,
        };
        if (type is null)
        {
            string converted = node.ConvertedType?.ToString() ?? "none", logical = node.LogicalType?.ToString() ?? "none";
            throw new UnsupportedFileException(
                fileName, offset, $"column '{node.Name}' has type {node.Type}, converted type {converted}, logical type {logical}");
        }
        if (node.Repetition is not (Repetition.Required or Repetition.Optional))
            throw new DamagedFileException(fileName, offset, $"expected column '{node.Name}' to be required or optional");
        return new(node.Name, type.Value, node.Repetition == Repetition.Optional);
    }

    private static bool Bare(SchemaNode node) => node.ConvertedType is null && node.LogicalType is null;

    private static bool IntegerWithin(SchemaNode node, ImmutableArray<int> converted) =>
        (node.ConvertedType is null || converted.Contains(node.ConvertedType.Value))
        && (node.LogicalType is null
            || (node.LogicalType == SchemaNode.LogicalInteger && (!node.UnsignedInteger || node.ConvertedType is not null)));

    private static bool IsText(SchemaNode node) =>
        (node.ConvertedType is { } converted && TextConverted.Contains(converted))
        || (node.LogicalType is { } logical && TextLogical.Contains(logical));
}
