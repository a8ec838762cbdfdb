using System.Diagnostics;

namespace Sweeps.Grains.Telemetry.Traces;

/// <summary>The life of one chunk on its way through a lane; its steps may begin and end on any thread.</summary>
public sealed class ChunkTrace
{
    private readonly SweepsTraces traces;
    private readonly Activity life;
    private int ended;

    internal ChunkTrace(SweepsTraces traces, Activity life) => (this.traces, this.life) = (traces, life);

    /// <summary>The next step begins: one of <see cref="ChunkSpans"/>.</summary>
    public ChunkStep Begin(SpanDeclaration step) => Begin(step, traces.Now);

    /// <summary>The chunk is settled.</summary>
    public void Settled() => End("settled", null);

    /// <summary>The chunk is given up here.</summary>
    /// <param name="outcome">A word: why.</param>
    /// <param name="error">A sentence, where it is an error.</param>
    public void Dropped(string outcome, string? error = null) => End(outcome, error);

    internal ChunkStep Begin(SpanDeclaration step, DateTimeOffset beganAt) => new(traces, traces.Child(life, step, beganAt));

    private void End(string outcome, string? error)
    {
        if (Interlocked.Exchange(ref ended, 1) != 0) return;
        life.SetTag(ChunkSpans.Outcome, outcome);
        if (error is not null) life.SetStatus(ActivityStatusCode.Error, error);
        ChunkStep.Stop(life, traces.Now);
    }
}
