using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Datasets;
using Sweeps.Simulation.Servers;

namespace Sweeps.Simulation.Silos;

/// <summary>As the silo's <c>DatasetJobLoop</c>: one job at a time, its term renewed meanwhile.</summary>
internal sealed class JobLoop(Registration registration)
{
    private const double Heartbeat = 2;

    private readonly Silo silo = registration.Silo;
    private readonly SimulatedServer server = registration.Silo.Cluster.Server;

    public async Task RunAsync()
    {
        while (!registration.IsOver)
        {
            if (await silo.AskAsync("give a job", _ => server.TakeJob(registration.Name)) is { } job) await DoAsync(job);
            else await silo.Wait(silo.Cluster.Chance.Seconds(1, 5));
        }
    }

    private async Task DoAsync(SimulatedJob job)
    {
        var term = new TermWatch();
        silo.Run(() => RenewAsync(job, term));
        try
        {
            var holdings = await WorkAsync(job, () => term.IsLost || registration.IsOver);
            if (!term.IsLost) await silo.AskAsync($"end the job {job.Kind} of term {job.Epoch}", _ => server.EndJob(registration.Name, job, holdings));
        }
        catch (OperationCanceledException)
        {
            // another does it
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException or DatasetException)
        {
            silo.Cluster.Trace?.Add($"{silo}: {job.Kind} of term {job.Epoch} failed: {away.Message}");
            if (!term.IsLost) await silo.AskAsync("put the job off", _ => server.FailJob(registration.Name, job));
        }
        term.IsOver = true;
    }

    private async Task<LedgerHoldings?> WorkAsync(SimulatedJob job, Func<bool> isCancelled)
    {
        var disk = new SiloDisk(silo);
        var grids = silo.Cluster.Grids;
        switch (job.Kind)
        {
            case JobKind.Prepare:
                return await new PreparationSteps(silo, disk, grids[0], job.Epoch).RunAsync();
            case JobKind.Extend:
                return await new ExtensionSteps(silo, disk, grids[job.Generation - 1], grids[job.Generation], job.Epoch, isCancelled).RunAsync();
            default:
                await OpenedSweep.CheckGenerationAsync(disk, job.Generation);
                await new FinishSteps(silo, disk, grids[job.Generation - 1], job, isCancelled).RunAsync();
                return null;
        }
    }

    private async Task RenewAsync(SimulatedJob job, TermWatch term)
    {
        while (!term.IsOver)
        {
            await silo.Wait(Heartbeat);
            if (!term.IsOver && !await silo.AskAsync("renew a term", _ => server.RenewJob(registration.Name, job))) term.IsLost = true;
            if (term.IsLost) return;
        }
    }

    private sealed class TermWatch
    {
        public bool IsOver { get; set; }

        public bool IsLost { get; set; }
    }
}
