using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Tests.Datasets.Parquet;

/// <summary>A table in a few words, from which the same table can be made again.</summary>
/// <param name="Columns">Columns.</param>
/// <param name="Groups">Rows of each row group.</param>
/// <param name="Distinct">Values to draw from per column; 0: every one anew.</param>
/// <param name="NullPercent">Share of rows without a value, in nullable columns.</param>
/// <param name="Codec">Codec.</param>
/// <param name="Seed">Seed of the values.</param>
internal sealed record TableRecipe(
    ImmutableArray<TableColumn> Columns, ImmutableArray<int> Groups, int Distinct, int NullPercent, PageCodec Codec, ulong Seed)
{
    public static Arbitrary<TableRecipe> Any { get; } = (
        from types in Gen.NonEmptyListOf(Gen.Elements(Enum.GetValues<ColumnType>()))
        from nullable in Gen.ArrayOf(Gen.Elements(true, false), types.Count)
        from groups in Gen.ListOf(Gen.Elements(0, 1, 2, 7, 8, 9, 31, 64, 65, 500, 3000))
        from distinct in Gen.Elements(0, 0, 1, 2, 3, 17, 300)
        from nulls in Gen.Elements(0, 1, 50, 100)
        from codec in Gen.Elements(PageCodec.Uncompressed, PageCodec.Snappy, PageCodec.Gzip)
        from seed in Gen.Choose(0, int.MaxValue)
        select new TableRecipe(
            [.. types.Take(8).Select((type, i) => ColumnOf(i, type, nullable[i]))],
            [.. groups.Take(4)], distinct, nulls, codec, (ulong)seed)).ToArbitrary();

    public TableSchema Schema => new(Columns);

    public ImmutableArray<TableBatch> Batches()
    {
        var bits = new Mixer(Seed);
        var schema = Schema;
        return [.. Groups.Select(rows => Batch(schema, rows, bits))];
    }

    public override string ToString() =>
        $"{string.Join(' ', Columns.Select(c => $"{c.Type}{(c.Nullable ? "?" : "")}"))}; "
        + $"groups {string.Join(' ', Groups)}; distinct {Distinct}; nulls {NullPercent} %; {Codec}; seed {Seed}";

    private static TableColumn ColumnOf(int index, ColumnType type, bool nullable) =>
        new($"{type}_{index} ü", type, nullable, index % 2 == 0 ? "OU time" : null, index % 3 == 0 ? $"the \"{index}\"th, in µ" : null);

    private TableBatch Batch(TableSchema schema, int rows, Mixer bits)
    {
        var batch = new TableBatch(schema);
        for (int i = 0; i < schema.Columns.Length; i++)
        {
            int nulls = schema.Columns[i].Nullable ? NullPercent : 0;
            switch (batch.Columns[i])
            {
                case ColumnBuffer<int> buffer: Fill(buffer, rows, nulls, bits, () => AnyInt(bits)); break;
                case ColumnBuffer<long> buffer: Fill(buffer, rows, nulls, bits, () => AnyLong(bits)); break;
                case ColumnBuffer<float> buffer: Fill(buffer, rows, nulls, bits, () => AnyFloat(bits)); break;
                case ColumnBuffer<double> buffer: Fill(buffer, rows, nulls, bits, () => AnyDouble(bits)); break;
                case ColumnBuffer<bool> buffer: Fill(buffer, rows, nulls, bits, () => bits.Below(2) == 0); break;
                case ColumnBuffer<string> buffer: Fill(buffer, rows, nulls, bits, () => AnyText(bits)); break;
                default: throw new NotSupportedException();
            }
        }
        return batch;
    }

    private void Fill<T>(ColumnBuffer<T> buffer, int rows, int nulls, Mixer bits, Func<T> fresh)
        where T : notnull
    {
        T[] palette = [.. Enumerable.Range(0, Distinct).Select(_ => fresh())];
        while (buffer.Count < rows)
        {
            if (bits.Below(100) < nulls)
            {
                buffer.AppendNull();
                continue;
            }
            var value = palette.Length == 0 ? fresh() : bits.Any<T>(palette);
            buffer.Extend(int.Min(rows - buffer.Count, bits.Below(10) == 0 ? 40 : 1)).Fill(value);
        }
    }

    private static int AnyInt(Mixer bits) => bits.Any(0, -1, int.MinValue, int.MaxValue, (int)bits.Bits(), bits.Below(100));

    private static long AnyLong(Mixer bits) => bits.Any(0, -1, long.MinValue, long.MaxValue, (long)bits.Bits(), bits.Below(100));

    private static double AnyDouble(Mixer bits) => bits.Below(3) switch
    {
        0 => bits.Any(
            [0.0, -0.0, double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity,
             double.Epsilon, -double.Epsilon, double.MaxValue]),
        1 => BitConverter.UInt64BitsToDouble(bits.Bits()),
        _ => bits.Below(1000) / 8.0,
    };

    private static float AnyFloat(Mixer bits) => bits.Below(3) switch
    {
        0 => bits.Any(0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MinValue),
        1 => BitConverter.UInt32BitsToSingle((uint)bits.Bits()),
        _ => bits.Below(1000) / 8f,
    };

    private static string AnyText(Mixer bits)
    {
        if (bits.Below(4) == 0)
            return bits.Any("", "a", "µ-théorie", "𝒩(0, 1) 🙂", "\0", "\uFFFF", "quote ' \" \\ \n", new string('λ', 3000));
        var text = new StringBuilder();
        for (int i = bits.Below(30); i > 0; i--)
            text.Append(new Rune(bits.Any(32 + bits.Below(95), 0x400 + bits.Below(256), 0x1F600 + bits.Below(64))).ToString());
        return text.ToString();
    }
}
