using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Grains.Hosts;
using Sweeps.Silo.Loops;
using Sweeps.Silo.Settings;
using Sweeps.Silo.Shell;

namespace Sweeps.Silo.Commands;

/// <summary><c>sweeps-silo check</c>.</summary>
internal sealed class CheckCommand(SiloWorld world) : SiloCommand(
    "check", "Say what would run, and whether it could: settings, data folder, devices, server. Nothing is announced.", world,
    [.. SettingKey.InFile, SettingKey.File])
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public override ImmutableArray<string> Examples => ["sweeps-silo check --settings /etc/sweeps/silo.yaml"];

    protected override async Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var checking = CheckedSilo.Of(World, Flags(line));
        if (checking.Silo is not { } silo) return World.Refuse(checking.Mistakes);
        var settings = silo.Settings;
        string? objection = await ObjectionAsync(settings, interruption).ConfigureAwait(false);
        using (silo.Devices)
        {
            Say("server", objection is null ? $"{settings.Server}, answers" : $"{settings.Server}, cannot be had: {objection}");
            Say("data", $"{settings.Data}, can be written");
            Say("lanes", string.Join("; ", silo.Devices.Lanes.Select(lane => LaneDescriptions.Of(lane).Device)));
            Say("grace", Seconds(settings.Grace));
            Say("lost after", Seconds(settings.LostAfter));
            Say("idle exit", settings.IdleExit is { } idle ? Seconds(idle) : "never");
            Say("health", settings.Health is { } health ? $"http://{health}/health/live, /health/ready and /metrics" : "nowhere");
            Say("log", settings.Log.ToString().ToLowerInvariant());
        }
        return objection is null ? ExitCode.Done : ExitCode.MachineFailed;
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds} s");

    private void Say(string what, string value) => World.Out.WriteLine($"{what,-10}  {value}");

    private async Task<string?> ObjectionAsync(SiloSettings settings, CancellationToken interruption)
    {
        using var limit = new CancellationTokenSource(Patience, World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interruption, limit.Token);
        try
        {
            var server = await World.Cluster.OpenAsync(settings.Server, World.Host, settings.LostAfter, null, either.Token)
                .ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (ServerException fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException) when (!interruption.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }
}
