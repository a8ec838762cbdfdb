using System.Text;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets.Shared;

/// <summary>A record of the database that has turned out to be what it says.</summary>
internal sealed record CheckedSweep(SweepRecord Record, SweepSpec Spec, PointGrid Grid, ChunkPlan Plan, DatasetFolder Folder)
{
    public const int MaximumSpecBytes = 1 << 20;
    public const int MaximumFolderName = 120;

    /// <summary>Checks a record; nothing is written, and no file is opened.</summary>
    /// <param name="record">Whatever the database says.</param>
    /// <param name="data">The silo's data folder.</param>
    /// <param name="catalogue">The experiments there are.</param>
    /// <exception cref="DatasetException">One sentence: what is wrong with it.</exception>
    public static CheckedSweep Of(SweepRecord record, string data, IReadOnlyCollection<IExperiment> catalogue)
    {
        if (record.Folder is not { Length: > 0 and <= MaximumFolderName } name || !name.All(IsOfAName))
            throw new DatasetException($"sweep {record.Number}: the server names a folder that is none: letters, digits, '-' and '_' are "
                + $"allowed, {MaximumFolderName} at most");
        var folder = new DatasetFolder(Path.Combine(Path.GetFullPath(data), name));
        if (!Directory.Exists(data)) throw new DatasetException($"{data}: there is no such data folder; make it, or name another");
        CheckPaths(folder);
        if (record.SpecJson is not { Length: <= MaximumSpecBytes } json || Encoding.UTF8.GetByteCount(json) > MaximumSpecBytes)
            throw new DatasetException($"{name}: the server's spec has more than {MaximumSpecBytes} bytes, or is missing");
        var reading = SweepSpec.FromJson(json, name, catalogue);
        if (!reading.IsValid)
            throw new DatasetException($"the server's spec is wrong: {reading.Mistakes[0]}"
                + (reading.Mistakes.Length > 1 ? $" (and {reading.Mistakes.Length - 1} more mistakes)" : ""));
        if (reading.Spec.Hash != record.SpecHash)
            throw new DatasetException($"{name}: the server's spec is not the one that it names: their hashes differ");
        var grid = new PointGrid(reading.Spec);
        // Before the cut, which takes time by the points: it tells only versions apart.
        var claimed = new SweepManifest(reading.Spec, grid.Count, record.Chunks, record.CutVersion, record.SoftwareVersion ?? "");
        if (claimed.ObjectionToContinuing() is { } objection) throw new DatasetException($"{name}: {objection}");
        var plan = new ChunkPlan(grid);
        if (plan.ChunkCount != record.Chunks)
            throw new DatasetException($"{name}: the spec is cut into {plan.ChunkCount} chunks here, and into {record.Chunks} by the server; "
                + "run the same software everywhere");
        return new(record, reading.Spec, grid, plan, folder);
    }

    // One name under the data folder is a direct child of it, unless it is a link to elsewhere; so are the names inside.
    private static void CheckPaths(DatasetFolder folder)
    {
        foreach (string path in (string[])[folder.Root, folder.Points, folder.Curves, folder.Failures, folder.Staging, folder.Journal])
        {
            var place = new DirectoryInfo(path);
            if (place.LinkTarget is not null)
                throw new DatasetException($"{path} is a symbolic link; put the folder itself there");
            if (!place.Exists && File.Exists(path)) throw new DatasetException($"{path} is a file, and should be a folder");
        }
        foreach (string path in (string[])[folder.Manifest, folder.Lock, folder.Mark, folder.Events])
            if (new FileInfo(path).LinkTarget is not null)
                throw new DatasetException($"{path} is a symbolic link; put the file itself there");
    }

    private static bool IsOfAName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
