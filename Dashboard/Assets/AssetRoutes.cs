using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sweeps.Dashboard.Assets;

/// <summary>Serves what pages need; there are no secrets in it, so that a page which asks who is there looks right, too.</summary>
internal static class AssetRoutes
{
    public const string Prefix = "/assets";

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        var assets = Asset.All.ToDictionary(asset => asset.Name, StringComparer.Ordinal);
        routes.MapGet($"{Prefix}/{{name}}", (string name, HttpResponse response) =>
        {
            if (!assets.TryGetValue(name, out var asset)) return Results.NotFound();
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(asset.Bytes, asset.ContentType);
        }).AllowAnonymous();
    }
}
