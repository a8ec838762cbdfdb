using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Browsers;

namespace Sweeps.Dashboard.Pages;

/// <summary>What every page says beside its own matter.</summary>
/// <param name="MayOperate">Whether whoever reads it may change something; without, there are no buttons.</param>
/// <param name="Server">Whose sweeps these are, for people; without secrets.</param>
public sealed record PageFrame(bool MayOperate, string Server)
{
    /// <summary>Whether it shows the run of this process, which takes no further sweep and no larger spec.</summary>
    public bool IsLocalRun { get; init; }

    /// <summary>The command that goes on with that run when it has ended; null for a cluster.</summary>
    public string? ResumeLine { get; init; }

    /// <summary>Whose token a browser has signed in with; null if it has not, and need not.</summary>
    public string? SignedInAs { get; private init; }

    internal static async Task<PageFrame> OfAsync(HttpContext context, SweepSource source) =>
        new(await Actor.MayOperateAsync(context).ConfigureAwait(false), source.Server.Address)
        {
            IsLocalRun = source.IsLocalRun,
            ResumeLine = source.ResumeLine,
            SignedInAs = SessionCookie.Read(context) is null ? null : context.User.Identity?.Name,
        };
}
