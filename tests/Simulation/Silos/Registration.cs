using Sweeps.Simulation.Scheduling;

namespace Sweeps.Simulation.Silos;

/// <summary>A silo under one name, until the server has given it up: heartbeats, a lane, and jobs of datasets, side by side.</summary>
internal sealed class Registration(Silo silo, string name)
{
    private const double Heartbeat = 2;

    private readonly Signal ended = new(silo.Cluster.Timeline, silo);
    private int running;

    public string Name => name;

    public Silo Silo => silo;

    /// <summary>Given up: what it holds is void.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Returns when it is over and all has ended.</summary>
    public async Task RunAsync()
    {
        Begin(BeatAsync);
        Begin(new LaneLoop(this).RunAsync);
        Begin(new JobLoop(this).RunAsync);
        while (running > 0) await ended;
    }

    private void Begin(Func<Task> loop)
    {
        running++;
        silo.Run(async () =>
        {
            await loop();
            running--;
            ended.Set();
        });
    }

    private async Task BeatAsync()
    {
        while (await silo.AskAsync("hear its heart", _ => silo.Cluster.Server.Beat(name))) await silo.Wait(Heartbeat);
        IsOver = true;
    }
}
