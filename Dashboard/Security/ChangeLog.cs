using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Limits;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Security;

/// <summary>A line of the log for each request to change something: who, from where, what, and what came of it.</summary>
internal sealed class ChangeLog(RequestDelegate next, DashboardOptions options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context).ConfigureAwait(false);
        if (CrossSiteRequests.IsSafe(context.Request.Method) || context.User.Identity is not { IsAuthenticated: true, Name: { } name }) return;
        string status = context.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
        options.Log(Shown.OneLine($"{name} from {ClientAddress.Of(context)}: {context.Request.Method} {context.Request.Path} {status}"));
    }
}
