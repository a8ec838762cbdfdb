using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Tests.Datasets.Tables;

public sealed class ColumnBufferTests
{
    [Fact]
    public void Rows_with_and_without_values_keep_their_places()
    {
        var buffer = new ColumnBuffer<double>();
        double?[] rows = [.. Enumerable.Range(0, 100).Select(i => i % 3 == 1 ? null : (double?)i)];
        foreach (double? row in rows)
        {
            if (row is { } value) buffer.Append(value);
            else buffer.AppendNull();
        }
        Assert.Equal(rows.Length, buffer.Count);
        Assert.Equal(33, buffer.NullCount);
        Assert.Equal(rows.Cast<object?>(), Enumerable.Range(0, buffer.Count).Select(buffer.At));
        Assert.Equal(rows.Select(row => row.HasValue), buffer.Validity.ToArray());
    }

    [Fact]
    public void Runs_and_spans_after_a_null_have_values()
    {
        var buffer = new ColumnBuffer<long>();
        buffer.AppendNull();
        buffer.Extend(20).Fill(7);
        buffer.Append([1, 2]);
        Assert.Equal(1, buffer.NullCount);
        Assert.Equal([false, .. Enumerable.Repeat(true, 22)], buffer.Validity.ToArray());
        Assert.Equal([0, .. Enumerable.Repeat(7L, 20), 1, 2], buffer.Values.ToArray());
    }

    [Fact]
    public void Without_nulls_there_is_no_validity()
    {
        var buffer = new ColumnBuffer<string>();
        buffer.Append("a");
        Assert.True(buffer.Validity.IsEmpty);
        Assert.False(buffer.IsNull(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.IsNull(1));
    }

    [Fact]
    public void A_cleared_buffer_forgets_its_nulls()
    {
        var buffer = new ColumnBuffer<int>();
        buffer.AppendNull();
        buffer.Clear();
        buffer.Append(3);
        Assert.Equal((1, 0), (buffer.Count, buffer.NullCount));
        buffer.AppendNull();
        Assert.Equal([true, false], buffer.Validity.ToArray());
    }

    [Fact]
    public void Other_types_have_no_buffer() => Assert.Throws<NotSupportedException>(() => new ColumnBuffer<decimal>());
}
