using System.Diagnostics.CodeAnalysis;

namespace Sweeps.Simulation.Files;

/// <summary>
/// The file system that the silos share. Every call is atomic. Names are kept as the journal of ext4 or XFS keeps them: a loss of power takes
/// back the last of them, as many as luck will have, but none before the last that touched a folder that was synced since. Bytes are safe once
/// their file was synced; before, the crash of the machine that wrote them may tear them or take them.
/// </summary>
/// <param name="exchanges">False: folders cannot be exchanged.</param>
internal sealed class SimulatedDisk(bool exchanges)
{
    private readonly List<(FolderNode One, FolderNode Other, Action Undo)> unsynced = [];
    private readonly List<FileNode> dirty = [];

    public FolderNode Root { get; } = new();

    /// <summary>Grows with everything that a reader could see.</summary>
    public long Version { get; private set; }

    public bool Exchanges => exchanges;

    /// <summary>One level; one that is there is fine.</summary>
    public void CreateFolder(string path)
    {
        var (parent, name) = Find(path);
        if (parent.Entries.ContainsKey(name)) return;
        Put(parent, name, new FolderNode());
    }

    public FileNode CreateFile(string path, int machine)
    {
        var (parent, name) = Find(path);
        var file = new FileNode(machine);
        Put(parent, name, file);
        return file;
    }

    public void Write(FileNode file, object content)
    {
        file.Content = content;
        if (!dirty.Contains(file)) dirty.Add(file);
        Version++;
    }

    public void Sync(FileNode file)
    {
        file.Synced = file.Content;
        dirty.Remove(file);
    }

    public void SyncFolder(FolderNode folder)
    {
        int last = unsynced.FindLastIndex(change => change.One == folder || change.Other == folder);
        if (last >= 0) unsynced.RemoveRange(0, last + 1);
    }

    public bool Link(string from, FolderNode folder, string name)
    {
        var file = FileAt(from);
        if (folder.IsGone) throw new DirectoryNotFoundException(name);
        if (folder.Entries.ContainsKey(name)) return false;
        Put(folder, name, file);
        return true;
    }

    /// <summary>Moves a file in place of another.</summary>
    public void Replace(string from, FolderNode folder, string name)
    {
        var (parent, old) = Find(from);
        var file = FileAt(from);
        if (folder.IsGone) throw new DirectoryNotFoundException(name);
        folder.Entries.TryGetValue(name, out object? replaced);
        parent.Entries.Remove(old);
        folder.Entries[name] = file;
        Changed(parent, folder, () =>
        {
            Restore(folder, name, replaced);
            parent.Entries[old] = file;
        });
    }

    public void Move(string from, string to)
    {
        var (target, name) = Find(to);
        if (NodeAt(from) is FileNode)
        {
            Replace(from, target, name);
            return;
        }
        var (parent, old) = Find(from);
        object folder = NodeAt(from) ?? throw new DirectoryNotFoundException(from);
        if (target.Entries.ContainsKey(name)) throw new IOException($"{to} is there already");
        parent.Entries.Remove(old);
        target.Entries[name] = folder;
        Changed(parent, target, () =>
        {
            target.Entries.Remove(name);
            parent.Entries[old] = folder;
        });
    }

    public bool TryExchange(string one, string other)
    {
        var (oneParent, oneName) = Find(one);
        var (otherParent, otherName) = Find(other);
        if (NodeAt(one) is null || NodeAt(other) is null) throw new DirectoryNotFoundException(one);
        if (!exchanges) return false;
        Swap();
        Changed(oneParent, otherParent, Swap);
        return true;

        void Swap() => (oneParent.Entries[oneName], otherParent.Entries[otherName]) = (otherParent.Entries[otherName], oneParent.Entries[oneName]);
    }

    public void Delete(string path)
    {
        var (parent, name) = Find(path);
        if (!parent.Entries.TryGetValue(name, out object? deleted)) return;
        if (deleted is FolderNode) throw new UnauthorizedAccessException(path);
        Take(parent, name, deleted);
    }

    public void DeleteEmptyFolder(string path)
    {
        if (!TryFind(path, out var parent, out string? name) || !parent.Entries.TryGetValue(name, out object? node)) return;
        var folder = (FolderNode)node;
        if (folder.Entries.Count > 0) throw new IOException($"{path} is not empty");
        folder.IsGone = true;
        parent.Entries.Remove(name);
        Changed(parent, folder, () =>
        {
            folder.IsGone = false;
            parent.Entries[name] = folder;
        });
    }

    /// <summary>Null if there is none.</summary>
    public object? NodeAt(string path) =>
        path.Length == 0 ? Root : TryFind(path, out var parent, out string? name) ? parent.Entries.GetValueOrDefault(name) : null;

    public FolderNode FolderAt(string path) => NodeAt(path) as FolderNode ?? throw new DirectoryNotFoundException(path);

    public FileNode FileAt(string path) => NodeAt(path) as FileNode ?? throw new FileNotFoundException(path);

    /// <summary>Memory of a machine is gone: of what it had not synced, each file keeps all, nothing, or something torn.</summary>
    /// <param name="machine">Which.</param>
    /// <param name="luck">0, 1 or 2 for a file.</param>
    public void LoseMemory(int machine, Func<int> luck)
    {
        foreach (var file in dirty.Where(file => file.Machine == machine).ToList())
        {
            file.Content = luck() switch { 0 => file.Content, 1 => file.Synced, _ => Torn.Bytes };
            dirty.Remove(file);
            Version++;
        }
    }

    /// <summary>Takes back the last changes of names, none that is safe.</summary>
    /// <param name="most">How many of so many that are not.</param>
    public void LosePower(Func<int, int> most)
    {
        for (int lost = most(unsynced.Count); lost > 0; lost--)
        {
            unsynced[^1].Undo();
            unsynced.RemoveAt(unsynced.Count - 1);
        }
        unsynced.Clear();
        Version++;
    }

    private void Put(FolderNode folder, string name, object node)
    {
        folder.Entries.TryGetValue(name, out object? before);
        folder.Entries[name] = node;
        Changed(folder, folder, () => Restore(folder, name, before));
    }

    private void Take(FolderNode folder, string name, object node)
    {
        folder.Entries.Remove(name);
        Changed(folder, folder, () => folder.Entries[name] = node);
    }

    private static void Restore(FolderNode folder, string name, object? before)
    {
        if (before is null) folder.Entries.Remove(name);
        else folder.Entries[name] = before;
    }

    private void Changed(FolderNode one, FolderNode other, Action undo)
    {
        unsynced.Add((one, other, undo));
        Version++;
    }

    private (FolderNode Parent, string Name) Find(string path) =>
        TryFind(path, out var parent, out string? name) ? (parent, name) : throw new DirectoryNotFoundException(path);

    private bool TryFind(string path, [NotNullWhen(true)] out FolderNode? parent, [NotNullWhen(true)] out string? name)
    {
        parent = Root;
        int from = 0;
        for (int slash; (slash = path.IndexOf('/', from)) >= 0; from = slash + 1)
        {
            if (!parent.Entries.TryGetValue(path[from..slash], out object? node) || node is not FolderNode inner)
            {
                (parent, name) = (null, null);
                return false;
            }
            parent = inner;
        }
        name = path[from..];
        return true;
    }
}
