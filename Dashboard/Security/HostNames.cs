using System.Net;
using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Answers;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Security;

/// <summary>
/// Answers only to the names that this dashboard has. A page of a foreign site may have its own name lead to 127.0.0.1 (DNS rebinding): the
/// browser then takes it and this dashboard for one site, and lets it read and send what it likes. Only the name gives it away.
/// </summary>
/// <remarks>
/// Names are <c>localhost</c>, this machine's own, and those of <c>--host</c>. A number is a name that cannot be led elsewhere: bound to
/// loopback, loopback's; else any, for proxies and probes use them.
/// </remarks>
internal sealed class HostNames(RequestDelegate next, DashboardOptions options)
{
    private readonly HashSet<string> names =
        new(["localhost", Environment.MachineName, .. options.Hosts], StringComparer.OrdinalIgnoreCase);

    private readonly bool isLocal = IPAddress.IsLoopback(options.Address.Address);

    public Task InvokeAsync(HttpContext context)
    {
        // A proxy of this machine has let somebody in, and nobody would ask who that is.
        if (options.Tokens is null && context.Connection.RemoteIpAddress is { } client && !IPAddress.IsLoopback(client))
            return RefusedAnswer.WriteAsync(
                context, StatusCodes.Status403Forbidden, "This dashboard is for its own machine alone; for others it wants --tokens.");
        string host = context.Request.Host.Host;
        if (IsOurs(host)) return next(context);
        return RefusedAnswer.WriteAsync(
            context, StatusCodes.Status421MisdirectedRequest,
            host.Length == 0 ? "The request names no host." : $"This dashboard is not called {Shown.As(host, 100)}; whoever runs it can "
                + "give it that name with --host.");
    }

    private bool IsOurs(string host) =>
        names.Contains(host) || (IPAddress.TryParse(host, out var number) && (!isLocal || IPAddress.IsLoopback(number)));
}
