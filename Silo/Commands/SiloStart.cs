using System.Net;
using Microsoft.Extensions.Logging;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Chunks;
using Sweeps.Silo.Health;
using Sweeps.Silo.Logging;
using Sweeps.Silo.Loops;
using Sweeps.Silo.Settings;
using Sweeps.Silo.Shell;

namespace Sweeps.Silo.Commands;

/// <summary>Puts a silo together, and runs it.</summary>
internal sealed class SiloStart : IDisposable
{
    private readonly SiloWorld world;
    private readonly SiloSettings settings;
    private readonly ChosenDevices devices;
    private readonly ILogger log;
    private readonly SiloHealth health;
    private readonly ProcessTelemetry? telemetry;

    public SiloStart(SiloWorld world, SiloSettings settings, ChosenDevices devices)
    {
        (this.world, this.settings, this.devices) = (world, settings, devices);
        log = new LineLogger(world.Error, settings.Log, world.Time);
        health = new(world.Time);
        telemetry = ProcessTelemetry.For(
            settings.Health is not null, "sweeps-silo", DatasetMetadata.SoftwareVersion, world.Host, world.Variable, log.TelemetryLost, world.Time);
    }

    /// <exception cref="IOException">The address for health cannot be had.</exception>
    public async Task<int> RunAsync(CancellationToken interruption)
    {
        log.Begins(DatasetMetadata.SoftwareVersion, settings.Data, devices.Words, settings.Server.ToString());
        var answers = settings.Health is { } address ? await ListenAsync(address, interruption).ConfigureAwait(false) : null;
        try
        {
            if (await ConnectAsync(interruption).ConfigureAwait(false) is not { } server) return ExitCode.Interrupted;
            await using (server.ConfigureAwait(false)) return await LiveAsync(server, interruption).ConfigureAwait(false);
        }
        finally
        {
            if (answers is not null) await answers.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => telemetry?.Dispose();

    private async Task<int> LiveAsync(ISiloServer server, CancellationToken interruption)
    {
        try
        {
            return await new SiloLife(PartsOf(server)).RunAsync(interruption).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The log is where a service's errors are looked for, with where they happened.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            log.Fails(wrong);
            return ExitCode.MachineFailed;
        }
    }

    private async Task<HealthServer> ListenAsync(IPEndPoint address, CancellationToken interruption)
    {
        try
        {
            var answers = await HealthServer.StartAsync(address, health, world.Time, interruption, telemetry?.Page).ConfigureAwait(false);
            log.HealthAt(answers.Address);
            return answers;
        }
        catch (IOException refused)
        {
            throw new IOException($"health cannot be told at {address}: {refused.Message.TrimEnd('.')}; choose another --health address",
                refused);
        }
    }

    /// <summary>Waits for the server, however long that takes.</summary>
    /// <returns>Null if it was told to end first.</returns>
    private async Task<ISiloServer?> ConnectAsync(CancellationToken interruption)
    {
        var calls = new ServerCalls(new Outage(log.ServerAway, log.ServerBack), new Jitter(world.Host), world.Time);
        using var pulse = health.Watch("connection", settings.LostAfter);
        try
        {
            return await calls.AskAsync(
                pulse, cancellation => world.Cluster.OpenAsync(
                    settings.Server, world.Host, settings.LostAfter, telemetry?.Recorders.Metrics, cancellation),
                interruption)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            return null;
        }
    }

    private SiloParts PartsOf(ISiloServer server) => new()
    {
        Server = server,
        Datasets = world.Datasets(settings.Data, telemetry?.Recorders),
        Devices = devices.Lanes,
        Alone = (sweep, device) => ChunkProcess.Of(ChunkProgram.This, settings.Data, sweep, device),
        Health = health,
        Timing = new(settings.Grace, settings.LostAfter, settings.IdleExit),
        Host = world.Host,
        Data = settings.Data,
        Log = log,
        Time = world.Time,
        Metrics = telemetry?.Recorders.Metrics,
    };
}
