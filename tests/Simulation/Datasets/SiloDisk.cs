using Sweeps.Simulation.Files;
using Sweeps.Simulation.Silos;

namespace Sweeps.Simulation.Datasets;

/// <summary>The shared file system as a process sees it: <c>IDatasetDisk</c>, <c>IHeldFolder</c> and what is read, each call a step.</summary>
internal sealed class SiloDisk(Silo silo)
{
    private readonly SimulatedDisk disk = silo.Cluster.Disk;

    /// <summary>And those above it, one after the other.</summary>
    public async Task CreateFolderAsync(string path)
    {
        for (int slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1)) await CreateOneAsync(path[..slash]);
        await CreateOneAsync(path);
    }

    public Task<FileNode> CreateFileAsync(string path) => WriteAsync($"creates {path}", () => disk.CreateFile(path, silo.Machine));

    /// <summary>All bytes, in two steps; none of them safe.</summary>
    public async Task WriteAsync(FileNode file, object content)
    {
        await WriteAsync("writes half a file", () => Do(() => disk.Write(file, Torn.Bytes)));
        await WriteAsync("writes a file", () => Do(() => disk.Write(file, content)));
    }

    public Task SyncAsync(FileNode file) => ReadAsync("syncs a file", () => Do(() => disk.Sync(file)));

    public async Task WriteSyncedAsync(string path, object content)
    {
        var file = await CreateFileAsync(path);
        await WriteAsync(file, content);
        await SyncAsync(file);
    }

    public Task SyncFolderAsync(string path) => ReadAsync($"syncs {path}", () => Do(() => disk.SyncFolder(disk.FolderAt(path))));

    public Task SyncFolderAsync(FolderNode folder) => ReadAsync("syncs a held folder", () => Do(() => disk.SyncFolder(folder)));

    public Task<bool> LinkAsync(string from, FolderNode folder, string name) =>
        WriteAsync($"links {from} as {name}", () => disk.Link(from, folder, name));

    public Task<bool> LinkAsync(string from, string folder, string name) =>
        WriteAsync($"links {from} into {folder}", () => disk.Link(from, disk.FolderAt(folder), name));

    public Task ReplaceAsync(string from, FolderNode folder, string name) =>
        WriteAsync($"moves {from} to {name}", () => Do(() => disk.Replace(from, folder, name)));

    public Task MoveAsync(string from, string to) => WriteAsync($"moves {from} to {to}", () => Do(() => disk.Move(from, to)));

    public Task<bool> TryExchangeAsync(string one, string other) =>
        WriteAsync($"exchanges {one} and {other}", () => disk.TryExchange(one, other));

    public Task DeleteAsync(string path) => ReadAsync($"deletes {path}", () => Do(() => disk.Delete(path)));

    public Task DeleteEmptyFolderAsync(string path) => ReadAsync($"deletes folder {path}", () => Do(() => disk.DeleteEmptyFolder(path)));

    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public Task<FolderNode> HoldFolderAsync(string path) => ReadAsync($"holds {path}", () => disk.FolderAt(path));

    public Task<bool> ContainsAsync(FolderNode folder, string name) => ReadAsync($"looks for {name}", () => folder.Entries.ContainsKey(name));

    public Task<bool> ExistsAsync(string path) => ReadAsync($"looks for {path}", () => disk.NodeAt(path) is not null);

    /// <summary>Names, in order; none if there is no folder.</summary>
    public Task<string[]> ListAsync(string path, string prefix = "") => ReadAsync<string[]>($"lists {path}", () =>
        disk.NodeAt(path) is FolderNode folder ? [.. folder.Entries.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))] : []);

    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is torn.</exception>
    public Task<T> ReadAsync<T>(string path)
        where T : class => ReadAsync($"reads {path}", () => disk.FileAt(path).Content as T ?? throw new IOException($"{path} is damaged"));

    /// <summary>Deletes everything in a folder, and leaves the folder.</summary>
    public async Task EmptyAsync(string path)
    {
        foreach (string name in await ListAsync(path))
        {
            string inner = $"{path}/{name}";
            if (disk.NodeAt(inner) is FolderNode)
            {
                await EmptyAsync(inner);
                await DeleteEmptyFolderAsync(inner);
            }
            else await DeleteAsync(inner);
        }
    }

    private Task<bool> CreateOneAsync(string path) => WriteAsync($"makes {path}", () => Do(() => disk.CreateFolder(path)));

    private static bool Do(Action step)
    {
        step();
        return true;
    }

    private async Task<T> ReadAsync<T>(string what, Func<T> step)
    {
        await silo.StepAsync(what);
        return step();
    }

    private async Task<T> WriteAsync<T>(string what, Func<T> step)
    {
        await silo.StepAsync(what);
        if (silo.Cluster.Storm.DiskIsFull()) throw new IOException("the disk is full");
        return step();
    }
}
