using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Grains.Hosts;
using Sweeps.Silo.Settings;
using Sweeps.Silo.Shell;

namespace Sweeps.Silo.Commands;

/// <summary><c>sweeps-silo migrate</c>.</summary>
internal sealed class MigrateCommand(SiloWorld world) : SiloCommand(
    "migrate", "Bring the database's schema up to date; silos may go on meanwhile.", world,
    SettingKey.Server, SettingKey.ServerFile, SettingKey.File)
{
    public override ImmutableArray<string> Examples => ["sweeps-silo migrate --server postgresql://owner@db/sweeps"];

    protected override async Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var (server, mistakes) = SettingsReader.ReadServer(Flags(line), World.Variable);
        if (server is null) return World.Refuse(mistakes);
        try
        {
            var applied = await World.Cluster.MigrateAsync(server, interruption).ConfigureAwait(false);
            foreach (string step in applied) World.Out.WriteLine(step);
            World.Error.WriteLine(applied.Count == 0 ? $"{server} is up to date" : $"{server} is up to date now");
            return ExitCode.Done;
        }
        catch (ServerException fault)
        {
            World.Error.WriteLine($"sweeps-silo migrate: {fault.Message}");
            return ExitCode.MachineFailed;
        }
    }
}
