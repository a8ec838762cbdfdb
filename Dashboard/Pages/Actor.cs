using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sweeps.Dashboard.Security;

namespace Sweeps.Dashboard.Pages;

/// <summary>Who reads a page.</summary>
internal static class Actor
{
    /// <summary>Whether they may change something, as the routes will decide when they try. Where nothing is guarded, all may.</summary>
    public static async Task<bool> MayOperateAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<IAuthorizationService>() is not { } authorization
            || context.RequestServices.GetService<IAuthorizationPolicyProvider>() is not { } policies
            || await policies.GetPolicyAsync(Policies.Operate).ConfigureAwait(false) is not { } operate)
            return true;
        return (await authorization.AuthorizeAsync(context.User, context, operate).ConfigureAwait(false)).Succeeded;
    }
}
