using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Dashboard;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary>
/// The option <c>--server</c>, and what stands for it: SWEEPS_SERVER, or the first line of the file that SWEEPS_SERVER_FILE names.
/// </summary>
internal sealed class ServerOption(ClusterAccess cluster)
{
    public const string Name = "--server";

    private const string Variable = "SWEEPS_SERVER", FileVariable = "SWEEPS_SERVER_FILE";

    public Option<string?> Url { get; } = new(Name)
    {
        Description = $"The cluster's database, {ServerAddress.Form}, or its dashboard, {HttpAddress.Form} "
            + $"[default: {Variable}, else the first line of the file {FileVariable}].",
        HelpName = "URL",
    };

    public static void WriteHelp(TextWriter output)
    {
        output.WriteLine("Passwords:");
        output.WriteLine($"  Not in --server, which every user of the machine can read: put the whole URL into {Variable}, or into a file");
        output.WriteLine($"  named by {FileVariable}, or leave the password to PGPASSFILE.");
        output.WriteLine($"  The token of a dashboard: in {HttpToken.Variable}, or in a file named by {HttpToken.FileVariable}.");
        output.WriteLine("  Such a file has it in its first line, and not every user of the machine may read it (chmod o-rw).");
        output.WriteLine();
    }

    /// <summary>Whether the command line itself names a server.</summary>
    public bool IsGiven(ParseResult line) => line.GetValue(Url) is not null;

    /// <summary>Whether a server is named at all.</summary>
    public bool IsNamed(ParseResult line) => IsGiven(line) || ValueOf(Variable) is not null || ValueOf(FileVariable) is not null;

    /// <summary>The address, checked as far as that can be done here.</summary>
    public Checked<string> Read(ParseResult line)
    {
        if (line.GetValue(Url) is { } given)
            return SecretWord.HasPassword(given)
                ? Checked<string>.Wrong("--server has a password in it, which every user of this machine can read; put the URL into "
                    + $"{Variable}, or into a file named by {FileVariable}, or the password into PGPASSFILE's file")
                : Check("--server", given);
        switch (ValueOf(Variable), ValueOf(FileVariable))
        {
            case ({ }, { }):
                return Checked<string>.Wrong($"{FileVariable}: the server is given by {Variable} as well; unset one of the two");
            case ({ } address, null):
                return Check(Variable, address);
            case (null, { } file):
                return SecretFile.TryReadAddress(file, out string? text, out string? mistake)
                    ? Check($"{FileVariable} ({Shown.OneLine(file)})", text)
                    : Checked<string>.Wrong($"{FileVariable}: {mistake}");
            default:
                return Checked<string>.Wrong($"no server is named; give --server {ServerAddress.Form} or --server {HttpAddress.Form}, "
                    + $"or set {Variable} or {FileVariable}");
        }
    }

    /// <summary>Opens the server and asks it; all mistakes are told at once instead, if there are any.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="terminal">Where mistakes go.</param>
    /// <param name="mistakes">Of the rest of the command line.</param>
    /// <param name="act">What to do there.</param>
    /// <param name="interruption">Ends the wait.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="ServerException">The server cannot be had.</exception>
    public async Task<int> AskAsync(
        ParseResult line, Terminal terminal, IEnumerable<string> mistakes, Func<ISweepServer, Task<int>> act,
        CancellationToken interruption)
    {
        var address = Read(line);
        string[] all = [.. mistakes, .. address.Mistakes];
        if (!address.IsRight || all.Length > 0) return terminal.Refuse(all);
        await using var server = await cluster.Servers.OpenAsync(address.Value, interruption).ConfigureAwait(false);
        return await act(server).ConfigureAwait(false);
    }

    private Checked<string> Check(string source, string address)
    {
        if (ServerAddress.MistakeIn(address) is { } mistake) return Checked<string>.Wrong($"{source}: {mistake}");
        return HttpAddress.IsMeant(address) && HttpAddress.TryParse(address, out var dashboard, out _)
            && HttpToken.Read(dashboard, cluster.Variable) is { IsRight: false, Mistakes: var mistakes }
                ? Checked<string>.Wrong(mistakes)
                : Checked<string>.Right(address);
    }

    private string? ValueOf(string variable) => cluster.Variable(variable) is { Length: > 0 } value ? value : null;
}
