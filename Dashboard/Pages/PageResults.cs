using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Sweeps.Dashboard.Pages;

/// <summary>Pages as answers to requests.</summary>
internal static class PageResults
{
    public static IResult Component<TComponent>(object parameters, int status = StatusCodes.Status200OK)
        where TComponent : IComponent => new RazorComponentResult<TComponent>(parameters) { StatusCode = status };

    public static async Task<IResult> UnknownSweepAsync(PageFrame frame, Hosting.SweepSource source, string id, CancellationToken cancellation)
    {
        var known = await source.Server.ListAsync(true, cancellation).ConfigureAwait(false);
        string[] near = [.. known.Select(sweep => sweep.Id)
            .Where(one => one.StartsWith($"{id}-", StringComparison.OrdinalIgnoreCase) || Grains.Specs.Suggestion.For(id, [one]).EndsWith('?')).Take(5)];
        return Component<TroublePage>(
            new { Frame = frame, Heading = "No such sweep", Sentence = $"There is no sweep {Grains.Specs.Shown.As(id)} here.", Sweeps = near },
            StatusCodes.Status404NotFound);
    }
}
