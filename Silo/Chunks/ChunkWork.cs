using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Workers;

namespace Sweeps.Silo.Chunks;

/// <summary>What a chunk's own process does: computes its points, and stages the part under its lease's epoch. Placing it is the
/// silo's.</summary>
internal sealed class ChunkWork(IReadOnlyCollection<IExperiment> catalogue, TimeProvider time)
{
    /// <exception cref="DatasetException">The folder does not hold what was asked for.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    /// <exception cref="DeviceException">The device cannot be had, or was lost.</exception>
    public ChunkAnswer Do(ChunkRequest request, CancellationToken cancellation)
    {
        var folder = new DatasetFolder(Path.Combine(request.Data, request.Folder));
        if (!SweepManifest.TryRead(folder.Manifest, catalogue, out var manifest, out var mistakes))
            throw new DatasetException(string.Join("; ", mistakes));
        if (manifest.ObjectionToContinuing() is { } objection) throw new DatasetException($"{folder.Manifest}: {objection}");
        var spec = manifest.Spec;
        if (spec.Hash != request.SpecHash) throw new DatasetException($"{folder.Manifest}: the dataset is of another generation");
        var grid = new PointGrid(spec);
        var plan = new ChunkPlan(grid);
        if (request.Chunk < 0 || request.Chunk >= plan.ChunkCount)
            throw new DatasetException($"{folder.Manifest}: there is no chunk {request.Chunk}");
        var chunk = plan.ChunkAt(request.Chunk);
        var format = TableFormats.Of(threads: 1);
        var kept = KeptPoints.Read(folder, format);
        long[] points = [.. Enumerable.Range(0, chunk.Count).Select(i => chunk.FirstPoint + i).Where(point => !kept.Contains(point))];

        using var publication = new PartPublication(folder, spec, format, LocalDisk.Instance);
        using var devices = Devices(request);
        using var loop = new ParallelLoop(request.Threads);
        var measuring = new ChunkMeasuring(devices.Lanes[0], grid, publication, loop);
        using var part = publication.Begin(chunk.FirstPoint, request.Epoch);
        foreach (var rows in measuring.Measure(points, cancellation)) part.Add(rows);
        part.Stage();
        part.LeaveStaged();
        return new(points.Length - part.FailedCount, part.FailedCount);
    }

    private ChosenDevices Devices(ChunkRequest request)
    {
        if (!DeviceChoice.TryParse(request.Device, out var choice, out string? mistake)) throw new DatasetException(mistake);
        return ChosenDevices.TryChoose(choice, request.Threads, catalogue, time, out var chosen, out string? objection)
            ? chosen
            : throw new DeviceException(DeviceFailure.Unavailable, objection);
    }
}
