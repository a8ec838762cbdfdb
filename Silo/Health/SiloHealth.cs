using System.Collections.Concurrent;

namespace Sweeps.Silo.Health;

/// <summary>Whether a silo is alive and ready, as its loops tell.</summary>
internal sealed class SiloHealth(TimeProvider time)
{
    private readonly ConcurrentBag<LoopPulse> pulses = [];
    private volatile SiloStage stage = SiloStage.Starting;

    /// <summary>Where the silo is in its life.</summary>
    public SiloStage Stage
    {
        get => stage;
        set => stage = value;
    }

    /// <summary>The first loop found that has stopped turning; null while all turn.</summary>
    public string? Stuck => pulses.FirstOrDefault(pulse => pulse.IsLate)?.Name;

    /// <summary>A loop that is watched from its first turn on.</summary>
    public LoopPulse Watch(string loop, TimeSpan period)
    {
        var pulse = new LoopPulse(loop, period, time);
        pulses.Add(pulse);
        return pulse;
    }
}

/// <summary>The life of a silo.</summary>
internal enum SiloStage
{
    /// <summary>Not registered yet.</summary>
    Starting,

    /// <summary>Registered, and takes work.</summary>
    Ready,

    /// <summary>Was given up by the cluster, and registers anew.</summary>
    Lost,

    /// <summary>Takes no more work.</summary>
    Draining,
}
