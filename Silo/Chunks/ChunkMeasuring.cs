using Sweeps.Compute.Devices;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Workers;

namespace Sweeps.Silo.Chunks;

/// <summary>Measures points a few at a time; a point that fails is a row of its own kind, a device that fails ends it all.</summary>
internal sealed class ChunkMeasuring(ILaneDevice device, PointGrid grid, PartPublication publication, ParallelLoop loop)
{
    // Heavy points use the threads themselves; light ones need company, so that the threads are not idle at the end of each round.
    private const int RoundsAhead = 8;

    /// <summary>Rows in the order of the points; memory holds one round.</summary>
    public IEnumerable<PointRows> Measure(long[] points, CancellationToken cancellation)
    {
        foreach (long[] round in points.Chunk(RoundsAhead * loop.Threads))
        {
            var rows = new PointRows[round.Length];
            loop.For(round.Length, i => rows[i] = Measure(round[i], cancellation));
            foreach (var each in rows) yield return each;
        }
    }

    private PointRows Measure(long point, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var spec = grid.Spec;
        var keys = grid.KeysAt(point);
        using var resources = device.ResourcesFor(spec, keys, loop);
        var rows = new PointRows(spec, resources.Device, publication.PointsSchema, publication.CurvesSchema);
        try
        {
            rows.Add(point, keys, spec.Experiment.Measure(keys, spec.Request, resources.Resources, cancellation));
        }
        catch (Exception cause) when (cause is not (OutOfMemoryException or DeviceException) && !cancellation.IsCancellationRequested)
        {
            rows.AddFailed(point, keys, cause.GetType().Name, cause.Message);
        }
        return rows;
    }
}
