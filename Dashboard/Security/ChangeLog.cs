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
        bool isAnswered = false;
        try
        {
            await next(context).ConfigureAwait(false);
            isAnswered = true;
        }
        finally
        {
            // It may have been done before its answer failed.
            Tell(context, isAnswered ? context.Response.StatusCode.ToString(CultureInfo.InvariantCulture) : "failed");
        }
    }

    private void Tell(HttpContext context, string status)
    {
        if (CrossSiteRequests.IsSafe(context.Request.Method) || context.User.Identity is not { IsAuthenticated: true, Name: { } name }) return;
        options.Log(Shown.OneLine($"{name} from {ClientAddress.Of(context)}: {context.Request.Method} {context.Request.Path} {status}"));
    }
}
