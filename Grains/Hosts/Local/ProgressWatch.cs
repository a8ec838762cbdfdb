using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>Adds up what the lane finishes, and reports it a few times a second.</summary>
internal sealed class ProgressWatch : ILaneWatch
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly object gate = new();
    private readonly Queue<(long At, long Points, double Chunks)> samples = new();
    private readonly Dictionary<int, (long Done, long Failed, double Share)> open = [];
    private readonly TimeProvider time;
    private readonly IProgress<SweepProgress>? listener;
    private readonly long points;
    private readonly int chunks;
    private long done;
    private long failed;
    private int settled;
    private double chunksWorked;
    private FinishedPoint? last;
    private long reportedAt;

    public ProgressWatch(
        long points, long done, long failed, int chunks, int settled, IProgress<SweepProgress>? listener, TimeProvider time)
    {
        (this.points, this.done, this.failed, this.chunks, this.settled) = (points, done, failed, chunks, settled);
        (this.listener, this.time) = (listener, time);
        chunksWorked = settled;
        reportedAt = time.GetTimestamp();
        samples.Enqueue((reportedAt, done + failed, chunksWorked));
    }

    public void PointFinished(Chunk chunk, long point, PointKeys keys, PointResult? result, double share)
    {
        SweepProgress? report = null;
        lock (gate)
        {
            var (doneHere, failedHere, shareHere) = open.GetValueOrDefault(chunk.Number);
            open[chunk.Number] = result is null ? (doneHere, failedHere + 1, shareHere + share) : (doneHere + 1, failedHere, shareHere + share);
            if (result is null) failed++;
            else done++;
            chunksWorked += share;
            last = new(point, keys, result?.Estimates ?? []);
            if (listener is not null && time.GetElapsedTime(reportedAt) >= ReportEvery) report = Take();
        }
        if (report is not null) listener!.Report(report);
    }

    public void ChunkSettled(Chunk chunk)
    {
        lock (gate)
        {
            open.Remove(chunk.Number);
            settled++;
        }
    }

    public void ChunkDropped(Chunk chunk)
    {
        lock (gate)
        {
            if (!open.Remove(chunk.Number, out var unsettled)) return;
            done -= unsettled.Done;
            failed -= unsettled.Failed;
            chunksWorked -= unsettled.Share;
        }
    }

    /// <summary>Reports how things stand now.</summary>
    public void Report()
    {
        SweepProgress report;
        lock (gate) report = Take();
        listener?.Report(report);
    }

    /// <summary>How things stand now.</summary>
    public SweepProgress Now()
    {
        lock (gate) return Take();
    }

    private SweepProgress Take()
    {
        reportedAt = time.GetTimestamp();
        samples.Enqueue((reportedAt, done + failed, chunksWorked));
        while (samples.Count > 2 && time.GetElapsedTime(samples.Peek().At, reportedAt) > Window) samples.Dequeue();
        var (at, pointsThen, chunksThen) = samples.Peek();
        double seconds = time.GetElapsedTime(at, reportedAt).TotalSeconds;
        double? rate = seconds > 0 && done + failed > pointsThen ? (done + failed - pointsThen) / seconds : null;
        double chunkRate = seconds > 0 ? (chunksWorked - chunksThen) / seconds : 0;
        TimeSpan? remaining = chunkRate > 0 ? TimeSpan.FromSeconds(Math.Clamp((chunks - chunksWorked) / chunkRate, 0, 1e10)) : null;
        return new(points, done, failed, rate, remaining, last, chunks, settled);
    }
}
