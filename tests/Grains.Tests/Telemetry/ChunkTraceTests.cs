using System.Diagnostics;
using Sweeps.Grains.Telemetry.Traces;
using Sweeps.Grains.Tests.Workers;

namespace Sweeps.Grains.Tests.Telemetry;

/// <summary>The life of a chunk as a trace.</summary>
public class ChunkTraceTests
{
    private static readonly TracedChunk Chunk = new("drift-17", "gaussian-mixture", 3, "silo/0", 12, IsRetried: true);

    [Fact]
    public void The_life_of_a_chunk_is_one_trace_with_its_steps_at_their_times()
    {
        var time = new ManualTime();
        using var traces = new SweepsTraces(time);
        List<Activity> ended = [];
        using var listener = Listen(ended);
        var start = time.GetUtcNow();
        time.Advance(TimeSpan.FromSeconds(1));
        var trace = traces.Begin(Chunk, start)!;
        var compute = trace.Begin(ChunkSpans.Compute);
        time.Advance(TimeSpan.FromSeconds(5));
        compute.With(ChunkSpans.PointsDone, 10L).End();
        var publish = trace.Begin(ChunkSpans.Publish);
        time.Advance(TimeSpan.FromSeconds(2));
        publish.End();
        publish.End("twice is once");
        trace.Settled();
        trace.Dropped("too late");

        Assert.Equal(
            ["sweeps.chunk.claim", "sweeps.chunk.compute", "sweeps.chunk.publish", "sweeps.chunk"],
            ended.Select(one => one.OperationName));
        var life = ended[^1];
        Assert.All(ended[..^1], step => Assert.Equal((life.TraceId, life.SpanId), (step.TraceId, step.ParentSpanId)));
        Assert.Equal([1.0, 5, 2, 8], ended.Select(one => one.Duration.TotalSeconds));
        Assert.Equal((start.UtcDateTime, "settled"), (life.StartTimeUtc, life.GetTagItem(ChunkSpans.Outcome)));
        Assert.Equal(ActivityStatusCode.Unset, ended[2].Status);
        Assert.All(ended, one => Assert.All(
            one.TagObjects,
            tag => Assert.Contains(tag.Key, ChunkSpans.All.Single(span => span.Name == one.OperationName).Attributes)));
    }

    [Fact]
    public void A_chunk_is_in_nobodys_trace_and_nobody_in_its()
    {
        using var traces = new SweepsTraces(new ManualTime());
        List<Activity> ended = [];
        using var listener = Listen(ended);
        using var outer = new Activity("outer").Start();
        var trace = traces.Begin(Chunk with { Sweep = "apart-1" }, default)!;
        Assert.Same(outer, Activity.Current);
        var step = trace.Begin(ChunkSpans.Complete);
        Assert.Same(outer, Activity.Current);
        step.End("the grain is gone");
        trace.Dropped("lease_lost");
        Assert.Same(outer, Activity.Current);
        Assert.NotEqual(outer.TraceId, ended[^1].TraceId);
        Assert.Equal((ActivityStatusCode.Error, "the grain is gone"), (ended[1].Status, ended[1].StatusDescription));
    }

    [Fact]
    public void Without_a_listener_there_is_no_trace()
    {
        using var traces = new SweepsTraces(new ManualTime());
        Assert.Null(traces.Begin(Chunk, default));
    }

    private static ActivityListener Listen(List<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SweepsTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
