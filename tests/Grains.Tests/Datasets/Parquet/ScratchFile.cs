using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Tests.Datasets.Parquet;

/// <summary>A Parquet file in the folder for temporary files, gone at the end.</summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sweeps-parquet-").FullName;

    public string Path => Named("table.parquet");

    public string Named(string name) => System.IO.Path.Combine(folder, name);

    public static byte[] BytesOf(
        IEnumerable<TableBatch> batches,
        TableSchema schema,
        PageCodec codec = PageCodec.Snappy,
        IReadOnlyDictionary<string, string>? metadata = null,
        int threads = 0)
    {
        using var bytes = new MemoryStream();
        using (var writer = new ParquetFormat(codec, threads).Create(bytes, schema, metadata ?? new Dictionary<string, string>()))
        {
            foreach (var batch in batches) writer.Write(batch);
            writer.Complete();
        }
        return bytes.ToArray();
    }

    public ITableReader Write(byte[] bytes, int threads = 0)
    {
        File.WriteAllBytes(Path, bytes);
        return new ParquetFormat(threads: threads).Open(Path);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
