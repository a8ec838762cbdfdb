using System.Collections.Immutable;

namespace Sweeps.Silo.Health;

/// <summary>Whether a silo is alive and ready, as its loops tell.</summary>
internal sealed class SiloHealth(TimeProvider time)
{
    private ImmutableList<LoopPulse> pulses = [];
    private volatile SiloStage stage = SiloStage.Starting;

    /// <summary>Where the silo is in its life.</summary>
    public SiloStage Stage
    {
        get => stage;
        set => stage = value;
    }

    /// <summary>The first loop found that has stopped turning; null while all turn.</summary>
    public string? Stuck => Volatile.Read(ref pulses).Find(pulse => pulse.IsLate)?.Name;

    /// <summary>Loops that are watched, in the order in which they were begun to be.</summary>
    public IEnumerable<string> Watched => Volatile.Read(ref pulses).Select(pulse => pulse.Name);

    /// <summary>A loop that is watched from its first turn on, until its pulse is disposed of.</summary>
    public LoopPulse Watch(string loop, TimeSpan period)
    {
        var pulse = new LoopPulse(loop, period, time, Forget);
        ImmutableInterlocked.Update(ref pulses, static (all, one) => all.Add(one), pulse);
        return pulse;
    }

    private void Forget(LoopPulse pulse) => ImmutableInterlocked.Update(ref pulses, static (all, one) => all.Remove(one), pulse);
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
