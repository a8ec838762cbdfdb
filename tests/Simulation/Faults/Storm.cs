using Sweeps.Simulation.Scheduling;
using Sweeps.Simulation.Silos;

namespace Sweeps.Simulation.Faults;

/// <summary>Lets the weather's faults happen, until it ends.</summary>
internal sealed class Storm(Cluster cluster, Weather weather, Chance chance)
{
    private static readonly string[] Dangerous = ["links", "exchanges", "moves", "syncs a held"];

    private bool Rages => cluster.Timeline.Now < weather.EndsAt;

    /// <summary>Before every step of a process: it may die, or stop for a while.</summary>
    public void Strike(Silo silo, string step)
    {
        if (!Rages) return;
        double luck = chance.Uniform();
        // What is seldom, and dangerous, is struck more often.
        if (Dangerous.Any(kind => step.StartsWith(kind, StringComparison.Ordinal))) luck /= 6;
        if ((luck -= weather.Crashes) < 0) cluster.Kill(silo);
        else if ((luck -= weather.MachineCrashes) < 0) cluster.CrashMachine(silo);
        else if (luck < weather.Pauses)
        {
            double seconds = chance.Seconds(0.5, 180);
            cluster.Trace?.Add($"{cluster.Timeline.Now:F3} {silo} stops for {seconds:F1} s before: {step}");
            silo.Pause(seconds);
            // A machine that was suspended wakes with a clock that may have been anything.
            if (weather.ClockJumps && chance.Happens(0.5)) silo.Clocks.Set(-seconds);
        }
    }

    public bool DiskIsFull() => Rages && chance.Happens(weather.DiskFull);

    public bool FailsChunk() => Rages && chance.Happens(weather.ChunkFailures);

    public bool LosesMessage() => Rages && chance.Happens(weather.Lost);

    /// <summary>Seconds that a message takes.</summary>
    public double Latency() => Rages && chance.Happens(weather.Slow) ? chance.Seconds(0.5, 80) : chance.Seconds(0.001, 0.1);

    /// <summary>What happens at times of its own.</summary>
    public void Brew()
    {
        for (int i = 0; i < weather.PowerLosses; i++) Once(cluster.LosePower);
        for (int i = 0; i < weather.Outages; i++) Once(() => cluster.Server.GoAway(chance.Seconds(2, 60)));
        for (int i = 0; weather.ClockJumps && i < 20; i++) Once(cluster.SetAClock);
    }

    private void Once(Action strike) => cluster.Timeline.After(chance.Uniform() * weather.EndsAt, null, strike);
}
