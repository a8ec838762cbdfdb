using Microsoft.Win32.SafeHandles;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>An open file, and refusals that name it.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly SafeFileHandle handle;

    public SourceFile(string path)
    {
        Name = path;
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Length = RandomAccess.GetLength(handle);
    }

    public string Name { get; }

    public long Length { get; }

    /// <summary>Fills <paramref name="target"/> from there.</summary>
    /// <exception cref="DamagedFileException">The file ends before.</exception>
    public void Read(long offset, Span<byte> target)
    {
        while (target.Length > 0)
        {
            int read = RandomAccess.Read(handle, target, offset);
            if (read == 0) throw Damaged(offset, $"expected {target.Length} more bytes");
            offset += read;
            target = target[read..];
        }
    }

    public DamagedFileException Damaged(long offset, string expected, Exception? cause = null) => new(Name, offset, expected, cause);

    public UnsupportedFileException Unsupported(long offset, string what) => new(Name, offset, what);

    public void Dispose() => handle.Dispose();
}
