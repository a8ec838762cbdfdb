using System.Collections.Immutable;

namespace Sweeps.Compute.Schedules;

/// <summary>The words of specs, columns and labels for the schedules.</summary>
public static class ScheduleWords
{
    /// <summary>All words, in the order of <see cref="ScheduleKind"/>.</summary>
    public static ImmutableArray<string> All { get; } = ["ou", "vp-linear", "cosine", "edm", "entropy-aware"];

    /// <summary>The word of a schedule.</summary>
    public static string Word(this ScheduleKind kind) => Enum.IsDefined(kind)
        ? All[(int)kind]
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such schedule");

    /// <summary>Whether the schedule's horizon is the user's to choose.</summary>
    public static bool TakesHorizon(this ScheduleKind kind) => kind is ScheduleKind.Ou or ScheduleKind.EntropyAware;

    /// <exception cref="ArgumentException">No schedule has this name.</exception>
    public static ScheduleKind Parse(string word)
    {
        int index = All.IndexOf(word);
        if (index < 0) throw new ArgumentException($"no schedule '{word}'; there are {string.Join(", ", All)}", nameof(word));
        return (ScheduleKind)index;
    }
}
