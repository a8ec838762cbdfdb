using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets;

/// <summary>Copies runs of rows between batches of the same columns.</summary>
public static class RowCopy
{
    /// <summary>Appends <paramref name="count"/> rows from <paramref name="from"/> on; columns agree by place.</summary>
    public static void Append(this TableBatch target, TableBatch source, int from, int count)
    {
        for (int i = 0; i < target.Columns.Length; i++) Append(target.Columns[i], source.Columns[i], from, count);
    }

    /// <summary>Drops all rows, keeps the memory.</summary>
    public static void Clear(this TableBatch batch)
    {
        foreach (var column in batch.Columns) column.Clear();
    }

    private static void Append(ColumnBuffer target, ColumnBuffer source, int from, int count)
    {
        switch (target)
        {
            case ColumnBuffer<double> reals:
                Append(reals, (ColumnBuffer<double>)source, from, count);
                break;
            case ColumnBuffer<long> integers:
                Append(integers, (ColumnBuffer<long>)source, from, count);
                break;
            case ColumnBuffer<string> texts:
                Append(texts, (ColumnBuffer<string>)source, from, count);
                break;
            default:
                throw new NotSupportedException($"a dataset has no column of {target.Type}");
        }
    }

    private static void Append<T>(ColumnBuffer<T> target, ColumnBuffer<T> source, int from, int count)
        where T : notnull
    {
        if (source.NullCount == 0)
        {
            target.Append(source.Values.Slice(from, count));
            return;
        }
        var values = source.Values;
        var validity = source.Validity;
        for (int row = from; row < from + count; row++)
        {
            if (validity[row]) target.Append(values[row]);
            else target.AppendNull();
        }
    }
}
