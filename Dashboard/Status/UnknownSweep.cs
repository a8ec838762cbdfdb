using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Status;

/// <summary>The answer to an id that the cluster does not know.</summary>
internal static class UnknownSweep
{
    private const int Suggested = 3;

    /// <summary>One sentence, with the nearest id and the newest of others that are near.</summary>
    public static async Task<string> SentenceAsync(ISweepServer server, string id, CancellationToken cancellation)
    {
        var sweeps = await server.ListAsync(true, cancellation).ConfigureAwait(false);
        string[] near = [.. sweeps.Select(sweep => Shown.OneLine(sweep.Id)).Where(known => IsNear(id, known))];
        string nearest = Suggestion.For(id, near);
        var suggested = near.OrderByDescending(known => nearest.Contains($"'{known}'", StringComparison.Ordinal)).Take(Suggested);
        string remedy = near.Length > 0
            ? $"did you mean {string.Join(" or ", suggested)}?"
            : "'sweeps list --all' shows those that there are";
        return $"{Shown.As(id)}: {Shown.OneLine(server.Address)} has no such sweep; {remedy}";
    }

    // Asked about one word alone, a suggestion is a question if that word is near.
    private static bool IsNear(string id, string known) =>
        (id.Length > 0 && known.StartsWith($"{id}-", StringComparison.OrdinalIgnoreCase)) || Suggestion.For(id, [known]).EndsWith('?');
}
