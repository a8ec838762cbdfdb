using Microsoft.AspNetCore.Http;

namespace Sweeps.Dashboard.Security;

/// <summary>The header <c>Authorization: Bearer TOKEN</c>.</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>Whether there is one, right or wrong.</summary>
    public static bool IsIn(HttpRequest request) => request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null if there is none.</summary>
    public static string? Of(HttpRequest request) => IsIn(request) ? request.Headers.Authorization.ToString()[Scheme.Length..].Trim() : null;
}
