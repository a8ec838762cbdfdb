using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sweeps.Grains.Datasets;

namespace Sweeps.Dashboard.Pages;

/// <summary>The failed points of a sweep, those alike together, the most frequent first.</summary>
/// <param name="Groups">At most <see cref="MostGroups"/>.</param>
/// <param name="Read">Points that were looked at.</param>
/// <param name="AreAll">Whether there were no more of them.</param>
/// <param name="Trouble">Why they could not be read, a sentence; null as a rule.</param>
public sealed partial record Failures(ImmutableArray<FailureGroup> Groups, long Read, bool AreAll, string? Trouble)
{
    public const int MostGroups = 50;

    private const int MostRead = 20_000;
    private const int MostExamples = 5;

    public static Failures None { get; } = new([], 0, true, null);

    public static Failures Unread(string trouble) => new([], 0, false, trouble);

    /// <summary>Points belong together when kind and cause are the same but for the numbers in it.</summary>
    public static Failures Of(IEnumerable<FailedPoint> points)
    {
        Dictionary<(string, string), (FailedPoint First, long Count, List<long> Examples)> groups = [];
        long read = 0;
        foreach (var failed in points)
        {
            if (read == MostRead) return new(Sorted(groups.Values), read, false, null);
            read++;
            var alike = (failed.Error, Numbers().Replace(failed.Cause, "#"));
            var group = groups.TryGetValue(alike, out var known) ? known : (failed, 0, []);
            if (group.Examples.Count < MostExamples) group.Examples.Add(failed.Point);
            groups[alike] = (group.First, group.Count + 1, group.Examples);
        }
        return new(Sorted(groups.Values), read, true, null);
    }

    private static ImmutableArray<FailureGroup> Sorted(IEnumerable<(FailedPoint First, long Count, List<long> Examples)> groups) =>
        [.. groups.OrderByDescending(group => group.Count).ThenBy(group => group.First.Point).Take(MostGroups)
            .Select(group => new FailureGroup(group.First.Error, group.First.Cause, group.Count, [.. group.Examples]))];

    [GeneratedRegex(@"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Numbers();
}
