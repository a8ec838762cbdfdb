using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Faults;
using Sweeps.Simulation.Files;
using Sweeps.Simulation.Judging;
using Sweeps.Simulation.Scheduling;
using Sweeps.Simulation.Servers;
using Sweeps.Simulation.Silos;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation;

/// <summary>
/// A cluster at work on one sweep, on virtual time, in one thread: the same seed always does the same.
/// </summary>
/// <remarks>
/// Real: the ledger, every decision of which is <c>SweepLedger</c>'s own. Modelled, step by step and under the same names: the database around
/// it (<see cref="Servers"/>), the lane and the silo's loops (<see cref="Silos"/>), publication, terms, preparation, extension and end of a
/// dataset (<see cref="Datasets"/>), on a modelled file system (<see cref="Files"/>). The real code of the latter, on a real disk, is stepped by
/// seeds in <c>Real/</c>. Left out: chunks in processes of their own, the mark and the lock of a folder, more than one sweep and one lane a silo,
/// the pruning of rows, and clocks that stand still while a machine is suspended.
/// </remarks>
internal sealed class Cluster
{
    /// <summary>How long after the last fault a sweep may take: quarantines, a minute each for leases and refusals, and all its chunks.</summary>
    private const double Patience = 1500;

    private readonly Weather weather;
    private readonly DiskJudge diskJudge;
    private readonly Silo?[] silos;
    private readonly MachineClocks[] clocks;
    private int incarnations;
    private bool isExtended;

    public Cluster(long seed, PlantedBug bug = PlantedBug.None, bool traced = false)
    {
        (Bug, Trace, Chance) = (bug, traced ? [] : null, new(seed));
        Timeline = new(Chance);
        weather = new(Chance);
        int rows = Chance.Between(2, 5), columns = Chance.Between(3, 5), chunkSize = Chance.Between(2, 5);
        Grids = [new(1, rows, columns, chunkSize), new(2, rows + Chance.Between(0, 1), columns + Chance.Between(1, 3), chunkSize)];
        for (int i = Chance.Below(4); i > 0; i--) Failing |= 1UL << Grids[1].CoordinateAt(Chance.Below(Grids[1].Count));
        Disk = new(weather.Exchanges);
        diskJudge = new(Verdict, Disk, () => ServerJudge!.Promised);
        ServerJudge = new(Verdict, Failing, diskJudge.Visible);
        Server = new(Timeline, Grids, ServerJudge, bug);
        Storm = new(this, weather, Chance);
        silos = new Silo?[Chance.Between(2, 3)];
        clocks = [.. silos.Select(_ => new MachineClocks(Timeline, 0.95 + 0.1 * Chance.Uniform()))];
    }

    public PlantedBug Bug { get; }

    public Chance Chance { get; }

    public Timeline Timeline { get; }

    public SimulatedGrid[] Grids { get; }

    /// <summary>Points that fail wherever they are computed.</summary>
    public ulong Failing { get; }

    public SimulatedDisk Disk { get; }

    public SimulatedServer Server { get; }

    public Storm Storm { get; }

    public Verdict Verdict { get; } = new();

    public ServerJudge ServerJudge { get; }

    /// <summary>What happened, a line each; null if nobody asked.</summary>
    public List<string>? Trace { get; }

    /// <summary>Lets it work until the sweep has ended and every fault is over, or until something happens that must not.</summary>
    /// <returns>What it was; null if all is well.</returns>
    public string? Run()
    {
        for (int machine = 0; machine < silos.Length; machine++) Boot(machine, Chance.Seconds(0.1, 10));
        KeepHouse();
        Storm.Brew();
        PlanWishes();
        while (Verdict.Violation is null && !HasEnded && Timeline.Step())
        {
            diskJudge.Look();
            Verdict.Require(Timeline.Now < weather.EndsAt + Patience,
                $"nothing goes wrong any more, and the sweep does not end: {Server.Phase}, {Server.Stage}, generation {Server.Generation}");
        }
        if (Verdict.Violation is null && Server.Stage is DatasetStage.Finished) CheckRows();
        return Verdict.Violation;
    }

    /// <summary>The process is gone, and comes back under another name.</summary>
    public void Kill(Silo silo)
    {
        if (silo.IsDead) return;
        Trace?.Add($"{Timeline.Now:F3} {silo} dies");
        silo.Die();
        Boot(silo.Machine, Chance.Seconds(0.5, 60));
    }

    /// <summary>The process is gone with all that its machine had not synced.</summary>
    public void CrashMachine(Silo silo)
    {
        Kill(silo);
        Disk.LoseMemory(silo.Machine, () => Chance.Below(3));
    }

    /// <summary>All machines and the file system lose power; what the database has answered is safe.</summary>
    public void LosePower()
    {
        Trace?.Add($"{Timeline.Now:F3} the lights go out");
        for (int machine = 0; machine < silos.Length; machine++)
        {
            if (silos[machine] is { } silo) Kill(silo);
            Disk.LoseMemory(machine, () => Chance.Below(3));
        }
        Disk.LosePower(count => Chance.Below(count + 1));
        diskJudge.LostPower();
    }

    public void SetAClock() => clocks[Chance.Below(clocks.Length)].Set(Chance.Of(-1, 1) * Chance.Seconds(1, 4000));

    private bool HasEnded => Server.IsOver && Timeline.Now > weather.EndsAt && (isExtended || Server.Phase is LedgerPhase.Cancelled)
        && silos.All(silo => silo is null || silo.PausedUntil <= Timeline.Now - 20);

    private void Boot(int machine, double delay)
    {
        silos[machine] = null;
        Timeline.After(delay, null, () =>
        {
            if (silos[machine] is not null) return;
            silos[machine] = new Silo(this, machine, ++incarnations, clocks[machine]);
            silos[machine]!.Start();
        });
    }

    private void KeepHouse() => Timeline.After(2, null, () =>
    {
        Server.KeepHouse();
        KeepHouse();
    });

    private void PlanWishes()
    {
        isExtended = !weather.Extends;
        if (weather.Extends) Timeline.After(Chance.Seconds(5, 200), null, Extend);
        if (weather.Cancels) Timeline.After(Chance.Seconds(5, 200), null, () => Server.Ask(new LedgerEvent.Cancel()));
        if (!weather.Stops) return;
        double pause = Chance.Seconds(5, 100);
        Timeline.After(pause, null, () => Server.Ask(new LedgerEvent.Pause()));
        Timeline.After(pause + Chance.Seconds(1, 100), null, () => Server.Ask(new LedgerEvent.Resume()));
    }

    private void Extend()
    {
        if (weather.ExtendsAtItsEnd && Server.Phase is not LedgerPhase.Completed && Timeline.Now < weather.EndsAt)
        {
            Timeline.After(Chance.Seconds(0.2, 5), null, Extend);
            return;
        }
        isExtended = Server.BeginExtension();
        Trace?.Add($"{Timeline.Now:F3} a user extends the sweep: {isExtended}");
        if (!isExtended) Timeline.After(5, null, Extend);
    }

    // The rows of the undisturbed run, but for chunks that failed as a whole too often.
    private void CheckRows()
    {
        ulong expected = Grids[Server.Generation - 1].All & ~Failing, rows = diskJudge.Visible();
        Verdict.Require((rows & ~expected) == 0, $"there are rows that no undisturbed run has: {rows & ~expected:x}");
        ulong failures = diskJudge.RecordedFailures();
        Verdict.Require((rows & failures) == 0, $"points have a row and a failure: {rows & failures:x}");
        Verdict.Require((rows | failures) == Grids[Server.Generation - 1].All, $"points have neither a row nor a failure: {expected & ~rows & ~failures:x}");
        ulong missing = expected & ~rows & ~ServerJudge.GivenUp;
        Verdict.Require(missing == 0, $"rows are missing at the end: {missing:x}");
    }
}
