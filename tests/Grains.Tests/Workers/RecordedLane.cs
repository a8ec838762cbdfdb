using System.Diagnostics;
using OpenTelemetry.Resources;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Telemetry.Traces;
using Sweeps.Grains.Tests.Telemetry.Exposition;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>Records a <see cref="ClusterLane"/>, and reads what was recorded.</summary>
internal sealed class RecordedLane : IDisposable
{
    private readonly SweepsMetrics metrics;
    private readonly SweepsTraces traces;
    private readonly MetricsExposition exposition;
    private readonly SweepRecorder recorder;
    private readonly ActivityListener listener;
    private readonly List<Activity> spans = [];

    public RecordedLane(ClusterLane cluster)
    {
        metrics = new(cluster.Time);
        traces = new(cluster.Time);
        exposition = new(metrics, Resource.Empty, withRuntime: false);
        listener = new()
        {
            ShouldListenTo = source => source.Name == SweepsTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        recorder = new(new(metrics, traces, cluster.Time), Sweep, cluster.Spec);
        cluster.Recorder = recorder.Lane(3, new FakeLaneDevice("cpu", 1));
        cluster.Publication.Placed = recorder.Placed;
    }

    /// <summary>No other test's, so that its spans can be told from theirs.</summary>
    public string Sweep { get; } = $"a-{Guid.NewGuid():N}";

    public Task<ParsedPage> PageAsync() => ParsedPage.OfAsync(exposition);

    /// <summary>Lives of chunks by number, in the order of their ends, with their steps.</summary>
    public (int Chunk, string Outcome, string[] Steps)[] Lives()
    {
        Activity[] ended;
        lock (spans) ended = [.. spans];
        return
        [
            .. ended.Where(span => (string?)span.GetTagItem(ChunkSpans.Sweep) == Sweep).Select(life => (
                (int)life.GetTagItem(ChunkSpans.Chunk)!, (string)life.GetTagItem(ChunkSpans.Outcome)!,
                ended.Where(span => span.ParentSpanId == life.SpanId)
                    .Select(span => span.OperationName["sweeps.chunk.".Length..]).ToArray())),
        ];
    }

    public void Dispose()
    {
        recorder.Dispose();
        listener.Dispose();
        exposition.Dispose();
        traces.Dispose();
        metrics.Dispose();
    }
}
