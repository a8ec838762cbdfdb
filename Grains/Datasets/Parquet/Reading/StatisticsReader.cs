using System.Runtime.InteropServices;
using System.Text;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>Turns the statistics of a column chunk into bounds of the column's type. What cannot be a bound is none.</summary>
internal static class StatisticsReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ColumnStatistics Read(ChunkStatistics? statistics, ColumnType type, bool ordered) => statistics is null
        ? new(null, null, null)
        : new(statistics.NullCount, ordered ? Bound(statistics.Minimum, type) : null, ordered ? Bound(statistics.Maximum, type) : null);

    private static object? Bound(byte[]? bytes, ColumnType type) => (type, bytes) switch
    {
        (ColumnType.Int32, { Length: sizeof(int) }) => MemoryMarshal.Read<int>(bytes),
        (ColumnType.Int64, { Length: sizeof(long) }) => MemoryMarshal.Read<long>(bytes),
        (ColumnType.Float, { Length: sizeof(float) }) => MemoryMarshal.Read<float>(bytes) is var real && float.IsNaN(real) ? null : real,
        (ColumnType.Double, { Length: sizeof(double) }) =>
            MemoryMarshal.Read<double>(bytes) is var real && double.IsNaN(real) ? null : real,
        (ColumnType.Bool, { Length: 1 }) => bytes[0] != 0,
        (ColumnType.Text, not null) => Text(bytes),
        _ => null,
    };

    /// <summary>Some writers cut long bounds in the middle of a character.</summary>
    private static string? Text(byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
