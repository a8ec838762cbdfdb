using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Browsers;

namespace Sweeps.Dashboard.Pages;

/// <summary>What every page says beside its own matter.</summary>
/// <param name="MayOperate">Whether whoever reads it may change something; without, there are no buttons.</param>
/// <param name="Server">Whose sweeps these are, for people; without secrets.</param>
public sealed record PageFrame(bool MayOperate, string Server)
{
    /// <summary>Whose token a browser has signed in with; null if it has not, and need not.</summary>
    public string? SignedInAs { get; private init; }

    internal static async Task<PageFrame> OfAsync(HttpContext context, SweepSource source) =>
        new(await Actor.MayOperateAsync(context).ConfigureAwait(false), source.Server.Address)
        {
            SignedInAs = SessionCookie.Read(context) is null ? null : context.User.Identity?.Name,
        };
}
