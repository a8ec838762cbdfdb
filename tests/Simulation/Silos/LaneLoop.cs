using Sweeps.Grains.Datasets;
using Sweeps.Simulation.Datasets;

namespace Sweeps.Simulation.Silos;

/// <summary>As the silo's <c>LaneLoop</c>: asks for a sweep, opens it, works on it.</summary>
internal sealed class LaneLoop(Registration registration)
{
    private readonly Silo silo = registration.Silo;

    public async Task RunAsync()
    {
        var server = silo.Cluster.Server;
        while (!registration.IsOver)
        {
            if (await silo.AskAsync("choose a sweep", _ => server.Choose(registration.Name)) is { } generation)
            {
                try
                {
                    var opened = await OpenedSweep.OpenAsync(silo, generation);
                    await new SimulatedLane(registration, opened).RunAsync();
                }
                catch (Exception away) when (away is IOException or UnauthorizedAccessException)
                {
                    await silo.Wait(silo.Cluster.Chance.Seconds(0.2, 10));
                }
                catch (DatasetException)
                {
                    await silo.AskAsync("note a refusal", _ => server.Refuse(registration.Name));
                }
            }
            await silo.Wait(silo.Cluster.Chance.Seconds(0.5, 5));
        }
    }
}
