using System.CommandLine;
using Sweeps.Dashboard;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Commands;

/// <summary>The argument DIR|ID: a folder of this machine, or with a server a sweep's id.</summary>
internal sealed class SweepArgument(ServerOption server)
{
    public Argument<string> Word { get; } = new("DIR|ID")
    {
        Description = "The folder of a sweep, such as runs/phase-diagram, or the id of a sweep on a cluster, such as drift-17.",
    };

    public static void WriteHelp(TextWriter output)
    {
        output.WriteLine("Folder or id:");
        output.WriteLine("  With --server it is an id. Without, a folder that exists is a folder; anything else is an id if SWEEPS_SERVER");
        output.WriteLine("  or SWEEPS_SERVER_FILE is set. So what is both is a folder, unless --server is given.");
        output.WriteLine();
        ServerOption.WriteHelp(output);
    }

    /// <summary>What is meant, by the rule that the help tells.</summary>
    public Checked<SweepPlace> Resolve(ParseResult line)
    {
        string word = line.GetRequiredValue(Word);
        if (!server.IsGiven(line) && Directory.Exists(word)) return Checked<SweepPlace>.Right(new SweepPlace.Folder(word));
        if (server.IsNamed(line)) return Checked<SweepPlace>.Right(new SweepPlace.OnCluster(word));
        return File.Exists(word)
            ? Checked<SweepPlace>.Right(new SweepPlace.Folder(word))
            : Checked<SweepPlace>.Wrong($"{SecretWord.Shown(word, 200)}: there is no such folder; name the folder of a sweep, such as runs/NAME, "
                + "or for a sweep's id its cluster with --server");
    }
}
