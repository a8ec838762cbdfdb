namespace Sweeps.Grains.Specs;

/// <summary>The remedy for a word that is not known.</summary>
public static class Suggestion
{
    /// <summary>'did you mean …?' if one of the known words is near enough, else all of them.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        string[] words = [.. known];
        // Beyond this length nothing that we know can be near, and the distance would cost time on hostile text.
        if (word.Length <= 64)
        {
            var (distance, nearest) = words
                .Select(candidate => (EditDistance(word, candidate), candidate)).DefaultIfEmpty((int.MaxValue, "")).Min();
            if (distance <= Math.Max(1, nearest.Length / 3)) return $"did you mean '{nearest}'?";
        }
        return words.Length == 0 ? "remove it" : $"known here: {string.Join(", ", words)}";
    }

    /// <summary>
    /// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other, letter case ignored.
    /// </summary>
    internal static int EditDistance(string a, string b)
    {
        (a, b) = (a.ToLowerInvariant(), b.ToLowerInvariant());
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
            for (int j = 1; j <= b.Length; j++)
            {
                int substitute = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substitute, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        return cost[a.Length, b.Length];
    }
}
