using System.Globalization;

namespace Sweeps.Benchmarks.Distribution;

/// <summary>The tests of the words that the normals are made of.</summary>
internal static class WordFindings
{
    public static IEnumerable<Finding> Of(WordTally tally)
    {
        double n = tally.Count;
        for (int bit = 0; bit < WordTally.Bits; bit++)
            yield return new(
                $"words with bit {bit} set", (tally.Ones[bit] / n).ToString("F7", CultureInfo.InvariantCulture),
                $"½ ± {(0.5 / Math.Sqrt(n)).ToString("E1", CultureInfo.InvariantCulture)}", (tally.Ones[bit] - n / 2) / Math.Sqrt(n / 4));
        double[] even = new double[WordTally.BytePairs];
        Array.Fill(even, n / 2 / WordTally.BytePairs);
        foreach (var (name, counts) in new[] { ("top", tally.TopBytes), ("lowest", tally.LowestBytes) })
            yield return new(
                $"χ² of {name} bytes of neighbouring words", "", $"{WordTally.BytePairs - 1} degrees of freedom",
                Deviates.ChiSquare([.. counts.Select(count => (double)count)], even));
        double matrices = n / WordTally.Bits;
        double[] law = [.. Enumerable.Range(0, WordTally.RankClasses - 1).Select(WordTally.RankProbability)];
        double[] expected = [.. law.Append(1 - law.Sum()).Select(p => p * matrices)];
        yield return new(
            "ranks of 32 × 32 bits", $"{string.Join(' ', tally.Ranks)}",
            string.Join(' ', expected.Select(x => x.ToString("F0", CultureInfo.InvariantCulture))),
            Deviates.ChiSquare([.. tally.Ranks.Select(count => (double)count)], expected));
    }
}
