using Sweeps.Simulation.Scheduling;

namespace Sweeps.Simulation.Silos;

/// <summary>A worker process on its machine: everything that it does is a step, and any step may be its last.</summary>
internal sealed class Silo(Cluster cluster, int machine, int incarnation, MachineClocks clocks) : Life(cluster.Timeline)
{
    private int registrations;

    public int Machine => machine;

    public MachineClocks Clocks => clocks;

    public Cluster Cluster => cluster;

    public override string ToString() => $"silo {machine}.{incarnation}";

    public void Start() => Run(async () =>
    {
        while (true)
        {
            string name = $"{machine}.{incarnation}.{++registrations}";
            await AskAsync("register", _ => cluster.Server.Register(name));
            await new Registration(this, name).RunAsync();
        }
    });

    /// <summary>Begins something that nobody waits for.</summary>
    public async void Run(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception wrong)
        {
            cluster.Verdict.Fail($"{this} broke: {wrong}");
        }
    }

    /// <summary>The next step: before it, anything may happen to the process.</summary>
    public async Task StepAsync(string what)
    {
        cluster.Storm.Strike(this, what);
        await Wait(cluster.Chance.Seconds(0.001, 0.05));
        cluster.Trace?.Add($"{cluster.Timeline.Now:F3} {this}: {what}");
    }

    /// <summary>
    /// Asks the server until an answer is heard, as <c>UntilHeardAsync</c> does. A request may arrive though its sender has died, or after it
    /// has asked again; so calls must be harmless twice.
    /// </summary>
    /// <param name="what">For the trace.</param>
    /// <param name="turn">Done at the server; hears which attempt it is, from 0.</param>
    public async Task<T> AskAsync<T>(string what, Func<int, T> turn)
    {
        var (weather, chance) = (cluster.Storm, cluster.Chance);
        for (int attempt = 0; ; attempt++)
        {
            await StepAsync($"asks the server to {what}");
            bool isHeard = false;
            T answer = default!;
            int number = attempt;
            if (!weather.LosesMessage())
            {
                cluster.Timeline.After(weather.Latency(), null, () =>
                {
                    if (!cluster.Server.IsUp) return;
                    cluster.Trace?.Add($"{cluster.Timeline.Now:F3} server: {what} for {this}");
                    answer = turn(number);
                    isHeard = !weather.LosesMessage();
                });
            }
            // An answer that takes longer finds nobody waiting.
            double patience = chance.Seconds(0.2, 2);
            await Wait(patience);
            if (isHeard) return answer;
            await Wait(chance.Seconds(0.1, 5));
        }
    }
}
