using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Answers;
using Sweeps.Dashboard.Security.Browsers;
using Sweeps.Dashboard.Security.Limits;

namespace Sweeps.Dashboard.Security;

/// <summary>How a browser exchanges a token for a session, and gives it back.</summary>
internal static class SignIn
{
    public const string Path = "/sign-in", OutPath = "/sign-out", TokenField = "token", ReturnField = "return";

    /// <summary>The page to sign in, from which one comes back.</summary>
    public static string AddressFor(string? back) =>
        ReturnAddress.Of(back) is var local && local != ReturnAddress.Start ? $"{Path}?{ReturnField}={Uri.EscapeDataString(local)}" : Path;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).AllowAnonymous();
        routes.MapPost(Path, EnterAsync).AllowAnonymous();
        routes.MapPost(OutPath, Leave).AllowAnonymous();
    }

    private static IResult Show(HttpContext context, DashboardOptions options)
    {
        string back = ReturnAddress.Of(context.Request.Query[ReturnField]);
        return options.Tokens is null || context.User.Identity?.IsAuthenticated == true
            ? Results.LocalRedirect(back)
            : Form(back, null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> EnterAsync(
        HttpContext context, DashboardOptions options, BrowserSessions sessions, FailedSignIns failures)
    {
        if (!context.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        string back = ReturnAddress.Of(form[ReturnField]);
        if (options.Tokens is not { } tokens) return SeeOther(context, back);
        string address = ClientAddress.Of(context);
        if ((failures.WaitOf(address) ?? failures.WaitOfAll()) is { } left)
        {
            await RefusedAnswer.WriteAsync(
                context, StatusCodes.Status429TooManyRequests, "Too many wrong tokens were tried; wait some minutes.", left).ConfigureAwait(false);
            return Results.Empty;
        }
        if (tokens.Find(form[TokenField].ToString().Trim()) is not { } token)
        {
            failures.Add(address);
            options.Log($"a wrong token, by the page to sign in, from {address}");
            return Form(back, "This is not one of the dashboard's tokens.", StatusCodes.Status403Forbidden);
        }
        if (SessionCookie.Read(context) is { } before) sessions.End(before);
        SessionCookie.Write(context, sessions.Begin(token));
        return SeeOther(context, back);
    }

    private static IResult Leave(HttpContext context, BrowserSessions sessions)
    {
        if (SessionCookie.Read(context) is { } id) sessions.End(id);
        SessionCookie.Delete(context);
        return SeeOther(context, Path);
    }

    // 302 would do, but says less: the next request is a GET.
    private static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static RazorComponentResult<SignInPage> Form(string back, string? mistake, int status) =>
        new(new { Return = back, Mistake = mistake }) { StatusCode = status };
}
