using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sweeps.Client.Shell;
using Sweeps.Dashboard;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security;
using Sweeps.Dashboard.Security.Tokens;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary>The options that say where a cluster's dashboard is served, and to whom.</summary>
internal sealed class DashboardAccess
{
    /// <summary>On this machine alone.</summary>
    public static readonly IPEndPoint Usual = new(IPAddress.Loopback, 8080);

    private readonly Option<IPEndPoint?> address = ListenOption.Defaulted(
        "--address", "Where to serve pages and API", Usual, $"{ListenAddress.Remedy} with --tokens");

    private readonly Option<string?> tokens = new("--tokens")
    {
        Description = "Who may look and who may operate: lines 'read TOKEN NAME' and 'operate TOKEN NAME'; wanted for every --address that "
            + "other machines can reach. Read once, at the start.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> hosts = OptionKinds.Repeated(
        "--host", "NAME", "A name by which browsers reach it, beside localhost and this machine's own.");

    private readonly Option<string[]> proxies = OptionKinds.Repeated(
        "--proxy", "ADDRESS", "A proxy on another machine, or a network of them (10.0.0.0/8), that says for whom it asks.");

    private readonly Option<string?> certificate = new("--certificate")
    {
        Description = "Serve https with this certificate, in PEM, followed by those that signed it.",
        HelpName = "FILE",
    };

    private readonly Option<string?> key = new("--key") { Description = "The certificate's private key, in PEM.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[address, tokens, hosts, proxies, certificate, key]) command.Add(option);
    }

    /// <summary>What the options come to, all their mistakes told.</summary>
    /// <exception cref="IOException">A file that they name cannot be read.</exception>
    public Checked<DashboardOptions> Read(ParseResult line, Terminal terminal)
    {
        List<string> mistakes = [];
        var where = line.GetValue(address)!;
        var known = line.GetValue(tokens) is { } file ? TokensFile.Read(file) : null;
        if (known is not null) mistakes.AddRange(known.Mistakes);
        else if (!IPAddress.IsLoopback(where.Address))
            mistakes.Add($"--address {where} can be reached from other machines, and nobody would be asked who they are; name a file of "
                + $"tokens with --tokens, or an address of this machine alone, such as 127.0.0.1:{where.Port}");
        var files = Certificate(line, mistakes);
        if (files is not null) mistakes.AddRange(files.Mistakes);
        if (known is null && IPAddress.IsLoopback(where.Address) && line.GetValue(hosts) is [var host, ..])
            mistakes.Add($"--host {Shown.OneLine(host)} is a name for other machines, of which nobody would be asked who they are; name "
                + "a file of tokens with --tokens, or leave it out");
        foreach (string name in line.GetValue(hosts) ?? [])
            if (Uri.CheckHostName(name) is UriHostNameType.Unknown)
                mistakes.Add($"--host is {Shown.As(name)}, no name of a machine; write it without scheme and port, as in "
                    + "sweeps.example.org");
        List<IPNetwork> networks = [];
        foreach (string text in line.GetValue(proxies) ?? [])
            if (Network(text) is { } network) networks.Add(network);
            else mistakes.Add($"--proxy is {Shown.As(text)}, no address; write one as in 10.0.0.7, or a network as in 10.0.0.0/8");
        return mistakes.Count > 0
            ? Checked<DashboardOptions>.Wrong(mistakes)
            : Checked<DashboardOptions>.Right(new(where)
            {
                Tokens = known?.Value,
                Hosts = [.. line.GetValue(hosts) ?? []],
                Proxies = [.. networks],
                Certificates = files?.Value ?? [],
                Log = terminal.Say,
            });
    }

    private Checked<X509Certificate2Collection>? Certificate(ParseResult line, List<string> mistakes)
    {
        switch (line.GetValue(certificate), line.GetValue(key))
        {
            case ({ } own, { } secret):
                return CertificateFiles.Read(own, secret);
            case ({ }, null):
                mistakes.Add("--certificate is there, but not its key; name that with --key");
                return null;
            case (null, { }):
                mistakes.Add("--key is there, but not its certificate; name that with --certificate");
                return null;
            default:
                return null;
        }
    }

    private static IPNetwork? Network(string text) => IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : null;
}
