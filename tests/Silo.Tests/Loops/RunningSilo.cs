using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Health;
using Sweeps.Silo.Loops;

namespace Sweeps.Silo.Tests.Loops;

/// <summary>A silo with everything around it made by the test.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    public static readonly SweepRecord A = Sweep(1, "a-1"), B = Sweep(2, "b-2");

    private readonly CancellationTokenSource drain = new();
    private Task<int>? life;

    public RunningSilo()
    {
        Server = new(Journal, Time);
        Datasets = new(Journal);
        Health = new(Time);
    }

    public ManualTime Time { get; } = new();

    public Journal Journal { get; } = new();

    public FakeServer Server { get; }

    public FakeDatasets Datasets { get; }

    public SiloHealth Health { get; }

    /// <summary>Loops that let time pass while it drains; lanes finish as they like, and unless told otherwise time stands still for
    /// them.</summary>
    public int WaitingInDrain { get; set; } = int.MaxValue;

    /// <summary>Devices that have left.</summary>
    public int Retired { get; set; }

    public string[] Devices { get; init; } = ["d0"];

    public SiloTiming Timing { get; init; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), null);

    public SweepsMetrics? Metrics { get; init; }

    public string Data { get; init; } = "/data";

    public Task<int> Life => life!.WaitAsync(Journal.Deadline);

    public static SweepRecord Sweep(long number, string folder, int generation = 1) =>
        new(number, folder, Guid.Empty, generation, "{}", "hash", 10, 2, "0.1.0");

    public RunningSilo Start()
    {
        Time.Waiting = () => Health.Stage switch
        {
            SiloStage.Starting => 1,
            SiloStage.Draining => WaitingInDrain,
            _ => Devices.Length - Retired + 3 + (Timing.IdleExit is null ? 0 : 1), // and dataset jobs
        };
        life = new SiloLife(new()
        {
            Server = Server,
            Datasets = Datasets,
            Devices = [.. Devices.Select(name => (ILaneDevice)new FakeDevice(name))],
            Alone = (_, _) => null!,
            Health = Health,
            Timing = Timing,
            Host = "host",
            Data = Data,
            Log = new JournalLog(Journal),
            Time = Time,
            GiveBackMemory = () => Journal.Add("memory given back"),
            Metrics = Metrics,
        }).RunAsync(drain.Token);
        return this;
    }

    public void Drain() => drain.Cancel();

    /// <summary>Time passes until this has happened so often.</summary>
    public Task AdvanceUntilAsync(string what, int times = 1) => AdvanceUntilAsync(events => events.Count(each => each == what) >= times);

    public Task AdvanceUntilAsync(Func<ImmutableArray<string>, bool> holds) => Time.AdvanceUntilAsync(Journal.Reached(holds));

    /// <summary>Time passes until the silo ends.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await Time.AdvanceUntilAsync(life!);
        return await life!;
    }

    public async ValueTask DisposeAsync()
    {
        WaitingInDrain = 2;
        await drain.CancelAsync();
        if (life is not null) await Time.AdvanceUntilAsync(life);
        drain.Dispose();
    }
}
