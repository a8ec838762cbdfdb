using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Answers;
using Sweeps.Dashboard.Security.Browsers;
using Sweeps.Dashboard.Security.Limits;
using Sweeps.Dashboard.Security.Tokens;

namespace Sweeps.Dashboard.Security;

/// <summary>
/// Who asks: by <c>Authorization: Bearer TOKEN</c>, or by the cookie of a browser that has signed in. Where there are no tokens, and so only
/// this machine can ask, it is whoever works here.
/// </summary>
internal sealed class TokenAuthentication(DashboardOptions options, BrowserSessions sessions, FailedSignIns failures) : IAuthenticationHandler
{
    public const string Scheme = "token";

    private HttpContext context = null!;
    private TimeSpan? wait;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        this.context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(Authenticate());

    /// <summary>Asks whoever has shown nothing, or nothing of use, to do so: people by the page to sign in, programs by 401.</summary>
    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        if (wait is { } left)
            return RefusedAnswer.WriteAsync(
                context, StatusCodes.Status429TooManyRequests, "Too many wrong tokens came from this address.", left);
        if (RefusedAnswer.IsForPeople(context.Request))
        {
            bool reads = CrossSiteRequests.IsSafe(context.Request.Method);
            context.Response.Redirect(SignIn.AddressFor(reads ? context.Request.GetEncodedPathAndQuery() : null));
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            return Task.CompletedTask;
        }
        bool isWrong = BearerToken.IsIn(context.Request);
        context.Response.Headers.WWWAuthenticate = isWrong ? "Bearer realm=\"sweeps\", error=\"invalid_token\"" : "Bearer realm=\"sweeps\"";
        return RefusedAnswer.WriteAsync(
            context, StatusCodes.Status401Unauthorized,
            isWrong ? "The token is not one of this dashboard's." : "A token is wanted: Authorization: Bearer TOKEN.");
    }

    public Task ForbidAsync(AuthenticationProperties? properties) => RefusedAnswer.WriteAsync(
        context, StatusCodes.Status403Forbidden, "Your token is for looking alone; a token to operate is wanted.");

    private AuthenticateResult Authenticate()
    {
        if (options.Tokens is not { } tokens) return Is(AccessRole.Operate, "this machine");
        if (!BearerToken.IsIn(context.Request))
            return SessionCookie.Read(context) is { } id && sessions.Find(id) is { Token: var signedIn }
                ? Is(signedIn.Role, signedIn.Name)
                : AuthenticateResult.NoResult();

        string address = ClientAddress.Of(context);
        if ((wait = failures.WaitOf(address)) is not null) return AuthenticateResult.Fail("too many wrong tokens");
        if (tokens.Find(BearerToken.Of(context.Request)!) is { } token) return Is(token.Role, token.Name);
        failures.Add(address);
        options.Log($"a wrong token, by the header Authorization, from {address}");
        return AuthenticateResult.Fail("no such token");
    }

    private static AuthenticateResult Is(AccessRole role, string name)
    {
        var claims = from each in Enum.GetValues<AccessRole>() where each <= role select new Claim(ClaimTypes.Role, each.Word());
        return AuthenticateResult.Success(
            new(new(new ClaimsIdentity([new(ClaimTypes.Name, name), .. claims], Scheme)), Scheme));
    }
}
