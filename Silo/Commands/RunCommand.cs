using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Silo.Settings;

namespace Sweeps.Silo.Commands;

/// <summary><c>sweeps-silo run</c>, and <c>sweeps-silo</c> alone.</summary>
internal sealed class RunCommand(SiloWorld world) : SiloCommand(
    "run", "Work for a cluster until told to end: the command if none is named.", world, [.. SettingKey.InFile, SettingKey.File])
{
    public override ImmutableArray<string> Examples =>
    [
        "sweeps-silo --server postgresql://sweeps@db/sweeps --data /shared/sweeps",
        "sweeps-silo run --settings /etc/sweeps/silo.yaml --health 0.0.0.0:8090 --log json",
    ];

    protected override async Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var checking = CheckedSilo.Of(World, Flags(line));
        if (checking.Silo is not { } silo) return World.Refuse(checking.Mistakes);
        using (silo.Devices)
        using (var start = new SiloStart(World, silo.Settings, silo.Devices))
            return await start.RunAsync(interruption).ConfigureAwait(false);
    }
}
