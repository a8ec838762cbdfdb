using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Sweeps.Benchmarks.Tables;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Benchmarks;

/// <summary>A row group of 2²⁰ rows and nine columns to a Parquet file with Snappy and back, one thread.</summary>
public class ParquetBenchmarks
{
    private ImmutableArray<TableBatch> rows;
    private string path = "";
    private ParquetFile? file;

    [GlobalSetup]
    public void Setup()
    {
        rows = SampleTable.Make(SampleTable.GroupRows);
        path = Path.GetTempFileName();
        file = new(path, 1);
        file.Write(rows);
    }

    [Benchmark(OperationsPerInvoke = SampleTable.GroupRows)]
    public void Write() => file!.Write(rows);

    [Benchmark(OperationsPerInvoke = SampleTable.GroupRows)]
    public int Read() => file!.Read()[0].RowCount;

    [GlobalCleanup]
    public void Cleanup() => File.Delete(path);
}
