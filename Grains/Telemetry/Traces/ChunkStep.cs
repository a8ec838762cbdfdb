using System.Diagnostics;

namespace Sweeps.Grains.Telemetry.Traces;

/// <summary>A step of a chunk's life; ends once.</summary>
public sealed class ChunkStep
{
    private readonly SweepsTraces traces;
    private Activity? span;

    internal ChunkStep(SweepsTraces traces, Activity? span) => (this.traces, this.span) = (traces, span);

    /// <summary>What is known of it by now.</summary>
    /// <param name="attribute">One that its declaration names.</param>
    /// <param name="value">Text or number.</param>
    public ChunkStep With(string attribute, object value)
    {
        span?.SetTag(attribute, value);
        return this;
    }

    /// <param name="error">A sentence, where it failed.</param>
    public void End(string? error = null)
    {
        if (Interlocked.Exchange(ref span, null) is not { } ending) return;
        if (error is not null) ending.SetStatus(ActivityStatusCode.Error, error);
        Stop(ending, traces.Now);
    }

    internal static void Stop(Activity activity, DateTimeOffset at)
    {
        var current = Activity.Current;
        activity.SetEndTime(at.UtcDateTime);
        activity.Stop();
        Activity.Current = current;
    }
}
