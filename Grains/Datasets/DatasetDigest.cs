using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets;

/// <summary>
/// The canonical SHA-256 of a dataset's rows: names and types of columns, points in order, curves by point, observable and time. Files, row
/// groups, codecs and metadata do not count.
/// </summary>
public static class DatasetDigest
{
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="TableFileException">A file is damaged.</exception>
    public static string Of(DatasetReader reader)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var row = new MemoryStream();
        AddSchema(hash, reader.PointsSchema);
        foreach (var batch in reader.ReadPoints())
            for (int i = 0; i < batch.RowCount; i++) hash.AppendData(Row(batch, i, row));
        if (reader.CurvesSchema is not { } curves) return Convert.ToHexStringLower(hash.GetHashAndReset());

        AddSchema(hash, curves);
        List<(string Observable, double T, byte[] Row)> ofPoint = [];
        long point = -1;
        foreach (var batch in reader.ReadCurves())
        {
            var (observables, times) = (batch.Column<string>(CurvesSchema.Observable), batch.Column<double>(CurvesSchema.T));
            var points = batch.Column<long>(CurvesSchema.Point);
            for (int i = 0; i < batch.RowCount; i++)
            {
                if (points[i] != point) Flush();
                point = points[i];
                ofPoint.Add((observables[i], times[i], Row(batch, i, row).ToArray()));
            }
        }
        Flush();
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Flush()
        {
            foreach (var entry in ofPoint.OrderBy(entry => entry.Observable, StringComparer.Ordinal).ThenBy(entry => entry.T))
                hash.AppendData(entry.Row);
            ofPoint.Clear();
        }
    }

    private static void AddSchema(IncrementalHash hash, TableSchema schema)
    {
        var text = new StringBuilder();
        foreach (var column in schema.Columns) text.Append(CultureInfo.InvariantCulture, $"{column.Name} {column.Type}\n");
        hash.AppendData(Encoding.UTF8.GetBytes(text.Append('\n').ToString()));
    }

    // A byte that tells whether there is a value, then its bits; text behind its length.
    private static ReadOnlySpan<byte> Row(TableBatch batch, int row, MemoryStream buffer)
    {
        buffer.SetLength(0);
        Span<byte> bits = stackalloc byte[8];
        foreach (var column in batch.Columns)
        {
            buffer.WriteByte(column.IsNull(row) ? (byte)0 : (byte)1);
            if (column.IsNull(row)) continue;
            switch (column)
            {
                case ColumnBuffer<double> reals:
                    BinaryPrimitives.WriteInt64LittleEndian(bits, BitConverter.DoubleToInt64Bits(reals[row]));
                    buffer.Write(bits);
                    break;
                case ColumnBuffer<long> integers:
                    BinaryPrimitives.WriteInt64LittleEndian(bits, integers[row]);
                    buffer.Write(bits);
                    break;
                case ColumnBuffer<string> texts:
                    byte[] text = Encoding.UTF8.GetBytes(texts[row]);
                    BinaryPrimitives.WriteInt64LittleEndian(bits, text.Length);
                    buffer.Write(bits);
                    buffer.Write(text);
                    break;
                default:
                    throw new NotSupportedException($"a dataset has no column of {column.Type}");
            }
        }
        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }
}
