using Sweeps.Grains.Datasets.Disk;

namespace Sweeps.Grains.Tests.Datasets;

/// <summary>The real disk, but the process dies at the k-th step: before it is done or after, and nothing more is done then.</summary>
internal sealed class FaultyDisk(int dieAt = int.MaxValue, bool afterTheStep = false) : IDatasetDisk
{
    private readonly object gate = new();

    /// <summary>Called after every step that was done.</summary>
    public Action<string> AfterStep { get; set; } = _ => { };

    /// <summary>Called before every step, with its number from 1.</summary>
    public Action<int> BeforeStep { get; set; } = _ => { };

    /// <summary>False for a file system that cannot exchange folders.</summary>
    public bool Exchanges { get; init; } = true;

    public int Steps { get; private set; }

    /// <summary>Every file that was begun.</summary>
    public List<Stream> Begun { get; } = [];

    public bool Died => Steps >= dieAt;

    public void CreateFolder(string path) => Do("CreateFolder", () => LocalDisk.Instance.CreateFolder(path));

    public Stream CreateFile(string path) => Do("CreateFile", () =>
    {
        var file = LocalDisk.Instance.CreateFile(path);
        Begun.Add(file);
        return file;
    });

    public void Sync(Stream file) => Do("Sync", () => LocalDisk.Instance.Sync(file));

    public void SyncFolder(string path) => Do("SyncFolder", () => LocalDisk.Instance.SyncFolder(path));

    public bool Link(string from, string to) => Do("Link", () => LocalDisk.Instance.Link(from, to));

    public void Move(string from, string to) => Do("Move", () => LocalDisk.Instance.Move(from, to));

    public bool TryExchange(string one, string other) =>
        Do("TryExchange", () => Exchanges && LocalDisk.Instance.TryExchange(one, other));

    public IHeldFolder HoldFolder(string path) => new Held(this, Do("HoldFolder", () => LocalDisk.Instance.HoldFolder(path)));

    public void Delete(string path) => Do("Delete", () => LocalDisk.Instance.Delete(path));

    public void DeleteEmptyFolder(string path) => Do("DeleteEmptyFolder", () => LocalDisk.Instance.DeleteEmptyFolder(path));

    public void AppendLine(string path, string line) => Do("AppendLine", () => LocalDisk.Instance.AppendLine(path, line));

    private void Do(string name, Action step) => Do(name, () =>
    {
        step();
        return true;
    });

    private T Do<T>(string name, Func<T> step)
    {
        lock (gate)
        {
            BeforeStep(++Steps);
            if (Steps > dieAt || (Steps == dieAt && !afterTheStep)) throw new IOException("the process is dead");
            var result = step();
            if (Steps == dieAt)
            {
                (result as IDisposable)?.Dispose();
                throw new IOException("the process dies");
            }
            AfterStep(name);
            return result;
        }
    }

    private sealed class Held(FaultyDisk disk, IHeldFolder folder) : IHeldFolder
    {
        public bool Link(string from, string name) => disk.Do("Link", () => folder.Link(from, name));

        public void Replace(string from, string name) => disk.Do("Replace", () => folder.Replace(from, name));

        public void Sync() => disk.Do("Sync", folder.Sync);

        public bool Contains(string name) => folder.Contains(name);

        public void Dispose() => folder.Dispose();
    }
}
