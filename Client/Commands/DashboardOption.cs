using System.CommandLine;
using System.Net;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Commands;

/// <summary>The option <c>--dashboard</c> of a local run.</summary>
internal static class DashboardOption
{
    /// <param name="begin">How its description begins.</param>
    public static Option<IPEndPoint?> Create(string begin = "Serve") => ListenOption.Optional(
        "--dashboard", $"{begin} pages to watch and steer it while it runs, to this machine alone", DashboardAccess.Usual,
        ListenAddress.LocalRemedy, ObjectionTo);

    private static string? ObjectionTo(IPEndPoint address) => IPAddress.IsLoopback(address.Address)
        ? null
        : $"--dashboard {address} can be reached from other machines, and a local run asks nobody who they are; choose "
            + $"127.0.0.1:{address.Port}, and reach it from elsewhere with: ssh -L {address.Port}:127.0.0.1:{address.Port} THIS-MACHINE";
}
