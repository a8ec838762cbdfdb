using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>Words at 0, 1, 2 …, each in the middle of its share.</summary>
internal sealed class CategoryAxis(ImmutableArray<string> words, Interval coordinates) : Axis(coordinates)
{
    private const int LongestLabel = 22;

    public override bool NeedsAllLabels => true;

    public override double Coordinate(double value) => value;

    public override IEnumerable<IReadOnlyList<Tick>> TickCandidates()
    {
        // With more words than lines of text on a page, every second, fifth, tenth … is named.
        for (int stride = 1; stride <= words.Length; stride *= 2)
            yield return [.. Enumerable.Range(0, words.Length).Where(i => i % stride == 0).Select(i => new Tick(i, Shown(words[i])))];
    }

    private static string Shown(string word) => word.Length switch
    {
        0 => "(empty)",
        > LongestLabel => word[..(LongestLabel - 1)] + "…",
        _ => word,
    };
}
