using System.Collections.Immutable;
using System.Text.Json;
using Sweeps.Benchmarks.Tables;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>
/// Four million rows of nine columns to Parquet and back, by our writer and reader and by DuckDB, each also reading the other's file.
/// </summary>
internal static class ParquetComparison
{
    private const int Rows = 4_000_000;

    public static int Run(TimeProvider time, TextWriter output)
    {
        int threads = Math.Min(2, Environment.ProcessorCount);
        Machine.Print(output);
        string readers = Readers.Folder();
        string folder = Directory.CreateTempSubdirectory("sweeps-parquet-").FullName;
        try
        {
            using var peer = PeerProcess.Node("parquet.mjs", threads, readers, $"{threads}");
            return Compare(time, output, peer, new(folder, threads));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static int Compare(TimeProvider time, TextWriter output, PeerProcess peer, Files files)
    {
        ImmutableArray<TableBatch> rows = SampleTable.Make(Rows);
        files.OfOurs.Write(rows);
        Machine.Print(output, peer.Ask(new() { ["job"] = "load", ["file"] = files.Ours }));
        var table = new PlainTable(
            output, new("work", -26), new("side", -6), new("best [s]", 8, "F3"), new("median [s]", 10, "F3"), new("M rows/s", 8, "F1"),
            new("ratio", 5, "F2"), new("bytes", 9), new("load", 5));
        output.WriteLine($"rows      {Rows} of nine columns: {SampleTable.Description}");
        output.WriteLine($"""
                      from memory on both sides to a file in {Path.GetTempPath()} (not synced) and back; {files.Threads} threads;
                      row groups of {SampleTable.GroupRows} rows (ours), 122880 (DuckDB's default); best of {Rounds.Count} interleaved
                      rounds; ratio = DuckDB's seconds / ours. 'into memory': every value kept, in column buffers (ours) or a temporary
                      table (DuckDB); 'scan': DuckDB adds up every column and keeps nothing, beside ours into memory all the same
            """);
        table.Header();

        Timing[] write = Rounds.Run(
        [
            new("sweeps", () => Rounds.Time(time, () => files.OfOurs.Write(rows))),
            Job("duckdb", "write", files.Theirs, "snappy"),
            Job("duckdb", "write", files.TheirsZstd, "zstd"),
        ]);
        Print("write, snappy", write[0], write[0], files.Ours);
        Print("write, snappy", write[1], write[0], files.Theirs);
        Print("write, zstd", write[2], write[0], files.TheirsZstd);

        bool same = true;
        string[] expected = ColumnSums.Of(rows);
        foreach (bool ours in new[] { true, false })
        {
            var (name, path, mine) = ours ? ("our file", files.Ours, files.OfOurs) : ("DuckDB's file", files.Theirs, files.OfTheirs);
            ImmutableArray<TableBatch> found = [];
            JsonElement scan = default;
            Timing[] reading = Rounds.Run(
            [
                new("sweeps", () =>
                {
                    // The rows of the round before go first and uncounted, as DuckDB's do.
                    found = [];
                    GC.Collect();
                    return Rounds.Time(time, () => found = mine.Read());
                }),
                Job("duckdb", "read", path),
                new("duckdb", () =>
                {
                    scan = peer.Ask(new() { ["job"] = "scan", ["file"] = path });
                    return scan.GetProperty("seconds").GetDouble();
                }),
            ]);
            Print($"{name}, into memory", reading[0], reading[0], path);
            Print($"{name}, into memory", reading[1], reading[0], path);
            Print($"{name}, scan", reading[2], reading[0], path);
            string[] sums = [.. scan.GetProperty("sums").EnumerateArray().Select(sum => sum.GetString()!)];
            string[] read = ColumnSums.Of(found);
            bool equal = read.SequenceEqual(expected) && sums.SequenceEqual(expected) && SameBits(rows, found);
            output.WriteLine(equal
                ? $"          {name}: check sums of all columns equal on both sides; every value read by ours has the bits written"
                : $"          {name}: DIFFERENT ROWS: check sums of ours {string.Join(' ', read)}; of DuckDB's {string.Join(' ', sums)}; "
                    + $"as written {string.Join(' ', expected)}");
            same &= equal;
        }
        return same ? 0 : 1;

        Side Job(string name, string job, string path, string codec = "") =>
            new(name, () => peer.Seconds(new() { ["job"] = job, ["file"] = path, ["codec"] = codec }));

        void Print(string work, Timing timing, Timing ours, string path) => table.Row(
            work, timing.Name, timing.Best, timing.Median, Rows / timing.Best / 1e6, timing.Best / ours.Best, new FileInfo(path).Length,
            Machine.Load());
    }

    private static bool SameBits(ImmutableArray<TableBatch> written, ImmutableArray<TableBatch> read)
    {
        for (int i = 0; i < SampleTable.Schema.Columns.Length; i++)
        {
            int column = i;
            bool same = SampleTable.Schema.Columns[column].Type switch
            {
                ColumnType.Int64 => Values<long>(written).SequenceEqual(Values<long>(read)),
                ColumnType.Double => Values<double>(written).Select(BitConverter.DoubleToInt64Bits)
                    .SequenceEqual(Values<double>(read).Select(BitConverter.DoubleToInt64Bits)),
                _ => Values<string>(written).SequenceEqual(Values<string>(read)),
            };
            if (!same || !Nulls(written).SequenceEqual(Nulls(read))) return false;

            IEnumerable<T> Values<T>(ImmutableArray<TableBatch> batches)
                where T : notnull =>
                batches.SelectMany(batch => ((ColumnBuffer<T>)batch.Columns[column]).Values.ToArray());

            IEnumerable<bool> Nulls(ImmutableArray<TableBatch> batches) =>
                batches.SelectMany(batch => Enumerable.Range(0, batch.RowCount).Select(batch.Columns[column].IsNull));
        }
        return true;
    }

    private sealed record Files(string Folder, int Threads)
    {
        public string Ours { get; } = Path.Combine(Folder, "ours.parquet");

        public string Theirs { get; } = Path.Combine(Folder, "duckdb.parquet");

        public string TheirsZstd { get; } = Path.Combine(Folder, "duckdb-zstd.parquet");

        public ParquetFile OfOurs => new(Ours, Threads);

        public ParquetFile OfTheirs => new(Theirs, Threads);
    }
}
