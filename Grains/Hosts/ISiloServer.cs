using System.Collections.Immutable;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Hosts;

/// <summary>What a silo asks of its cluster beside the grains of sweeps. All times are the server's; a silo only says that it is there.</summary>
/// <exception cref="ServerException">The server cannot be had for now; the caller backs off and asks again.</exception>
public interface ISiloServer : IAsyncDisposable
{
    /// <summary>Of this registration: host and a random end.</summary>
    string Silo { get; }

    /// <summary>Announces the silo and its lanes.</summary>
    Task RegisterAsync(SiloDescription description, CancellationToken cancellation);

    /// <summary>A heartbeat.</summary>
    /// <returns>
    /// False if the silo was given up in the meantime: all it held is void. It registers anew, under a new name, before it goes on.
    /// </returns>
    Task<bool> BeatAsync(bool draining, CancellationToken cancellation);

    /// <summary>Which sweep a lane should work on now, by priority, caps and devices; asked again now and then, it may name another.</summary>
    /// <param name="lane">Its number in the description.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null if there is nothing to do for it.</returns>
    Task<SweepRecord?> ChooseAsync(int lane, CancellationToken cancellation);

    /// <summary>The grain of one generation of a sweep: its claims are refused with <see cref="Refusal.PlanChanged"/> once there is a next.</summary>
    ISweepGrain GrainOf(SweepRecord sweep, Func<int, int> pointsOf);

    /// <summary>This silo cannot work on the sweep: it is not offered again for a minute, and users are told why.</summary>
    Task RefuseAsync(SweepRecord sweep, string reason, CancellationToken cancellation);

    /// <summary>Takes the term of a dataset that needs work.</summary>
    Task<DatasetJob?> TakeDatasetJobAsync(CancellationToken cancellation);

    /// <returns>False if the term is over: the silo stops the work.</returns>
    Task<bool> RenewDatasetJobAsync(DatasetJob job, CancellationToken cancellation);

    /// <param name="job">Done.</param>
    /// <param name="holdings">What of the plan is done: of a prepared folder or of the larger grid; null for <see cref="DatasetJob.Finish"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False if the term was over: somebody else does it, and nothing was changed.</returns>
    Task<bool> EndDatasetJobAsync(DatasetJob job, LedgerHoldings? holdings, CancellationToken cancellation);

    /// <summary>Gives the term back; the job is offered again after a while, and users are told why.</summary>
    Task FailDatasetJobAsync(DatasetJob job, string reason, CancellationToken cancellation);

    /// <summary>
    /// Expired leases, lost silos, ended sweeps, old rows: done by whichever silo holds the term of it; others return at once.
    /// </summary>
    /// <returns>Whether this silo holds the term.</returns>
    Task<bool> HousekeepAsync(CancellationToken cancellation);

    /// <summary>How sweeps that go on and all silos stand: for whoever holds the term of housekeeping to report.</summary>
    Task<ClusterReading> ReadClusterAsync(CancellationToken cancellation);

    /// <summary>Returns when a sweep may have become of interest, or after <paramref name="longest"/>.</summary>
    Task WaitForNewsAsync(TimeSpan longest, CancellationToken cancellation);

    /// <summary>Ends the registration; what is still leased is given back unharmed.</summary>
    Task LeaveAsync(CancellationToken cancellation);
}

/// <summary>A silo as it announces itself.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="SoftwareVersion">Major, minor, patch.</param>
/// <param name="CutVersion">The rule by which it cuts.</param>
/// <param name="Data">Its data folder.</param>
/// <param name="Lanes">One per device.</param>
public sealed record SiloDescription(string Host, string SoftwareVersion, int CutVersion, string Data, ImmutableArray<LaneDescription> Lanes);

/// <param name="Device">For people: <c>cuda:0 (NVIDIA H100)</c>, <c>8 threads</c>.</param>
/// <param name="IsAccelerator">Whether it is a device with a driver.</param>
/// <param name="IsProcessor">Whether the processor computes on it; a lane may be both.</param>
public sealed record LaneDescription(string Device, bool IsAccelerator, bool IsProcessor);
