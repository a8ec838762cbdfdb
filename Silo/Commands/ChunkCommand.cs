using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Silo.Chunks;
using Sweeps.Silo.Shell;

namespace Sweeps.Silo.Commands;

/// <summary><c>sweeps-silo chunk</c>: started by a silo, not by people.</summary>
internal sealed class ChunkCommand : SiloCommand
{
    public ChunkCommand(SiloWorld world)
        : base("chunk", "Compute one chunk, as the line of JSON on standard input says.", world) => Hidden = true;

    public override ImmutableArray<string> Examples => ["sweeps-silo chunk < request.json"];

    protected override async Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        if (await World.In.ReadLineAsync(interruption).ConfigureAwait(false) is not { } text || ChunkRequest.Parse(text) is not { } request)
            return World.Refuse(["sweeps-silo chunk: standard input holds no request; a silo writes it, not people"]);
        // When the silo is gone nobody waits for the answer, and the lease will be another's.
        _ = Task.Factory.StartNew(EndWithTheSilo, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // A Ctrl-C or a service manager signals this process too; but it is the silo that decides, and a drain lets the chunk finish.
        try
        {
            var answer = new ChunkWork(World.Catalogue, World.Time).Do(request, CancellationToken.None);
            await World.Out.WriteLineAsync(answer.ToLine()).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            await World.Error.WriteLineAsync(away.Message.ReplaceLineEndings(" ")).ConfigureAwait(false);
            return ExitCode.DataAway;
        }
    }

    private void EndWithTheSilo()
    {
        while (World.In.ReadLine() is not null) continue;
        World.Exit(ExitCode.MachineFailed);
    }
}
