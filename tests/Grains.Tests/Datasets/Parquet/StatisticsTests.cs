using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Tests.Datasets.Parquet;

public sealed class StatisticsTests
{
    [Fact]
    public void Bounds_leave_out_NaN_and_nulls() =>
        Assert.Equal(new ColumnStatistics(1, -2.5, 9.0), Of<double>(ColumnType.Double, double.NaN, 9.0, null, -2.5, double.NaN));

    [Fact]
    public void A_zero_is_minus_zero_below_and_plus_zero_above()
    {
        foreach (double zero in (double[])[0.0, -0.0])
        {
            var bounds = Of<double>(ColumnType.Double, zero);
            Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits((double)bounds.Minimum!));
            Assert.Equal(0, BitConverter.DoubleToInt64Bits((double)bounds.Maximum!));
        }
    }

    [Fact]
    public void Nothing_but_NaN_or_nulls_has_no_bounds()
    {
        Assert.Equal(new ColumnStatistics(0, null, null), Of<float>(ColumnType.Float, float.NaN, float.NaN));
        Assert.Equal(new ColumnStatistics(2, null, null), Of<int>(ColumnType.Int32, null, null));
    }

    [Fact]
    public void Infinities_are_bounds() => Assert.Equal(
        new ColumnStatistics(0, float.NegativeInfinity, float.NegativeInfinity),
        Of<float>(ColumnType.Float, float.NegativeInfinity, float.NegativeInfinity));

    [Fact]
    public void The_ends_of_long_columns_count()
    {
        object?[] values = [.. Enumerable.Range(0, 1003).Select(i => (object)(long)(i * i))];
        values[0] = long.MaxValue;
        values[^1] = long.MinValue;
        Assert.Equal(new ColumnStatistics(0, long.MinValue, long.MaxValue), Of<long>(ColumnType.Int64, values));
    }

    [Fact]
    public void Booleans_are_bounded() => Assert.Equal(new ColumnStatistics(0, true, true), Of<bool>(ColumnType.Bool, true, true));

    [Fact]
    public void Text_is_ordered_by_code_point() =>
        Assert.Equal(new ColumnStatistics(0, "\uFF5E", "𝒩"), Of<string>(ColumnType.Text, "𝒩", "\uFF5E"));

    [Fact]
    public void Long_text_is_no_bound() =>
        Assert.Equal(new ColumnStatistics(0, "a", null), Of<string>(ColumnType.Text, "a", new string('b', 200)));

    private static ColumnStatistics Of<T>(ColumnType type, params object?[] values)
        where T : notnull
    {
        var schema = new TableSchema([new("x", type, Nullable: true)]);
        var batch = new TableBatch(schema);
        foreach (object? value in values)
        {
            if (value is null) batch.Columns[0].AppendNull();
            else batch.Column<T>("x").Append((T)value);
        }
        using var file = new ScratchFile();
        using var reader = file.Write(ScratchFile.BytesOf([batch], schema));
        return reader.RowGroups[0].Statistics[0];
    }
}
