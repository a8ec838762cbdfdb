using System.Globalization;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>How long a soak goes on, and over which parts of it the figures of silos are compared.</summary>
internal sealed record SoakLength(int Minutes)
{
    public const string Variable = "SWEEPS_SOAK_MINUTES";

    // In ten minutes of this load every code path has run many times: it is compiled in its last form, pools and heaps have grown to what
    // the load needs, and the first restart of the database is over. What still grows after that grows with time.
    private const double WarmUp = 10, LongestWindow = 10, ShortestJudged = 20;

    /// <summary>Null if no soak is wanted.</summary>
    public static SoakLength? OfThisRun { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } minutes
        ? new(int.Parse(minutes, NumberStyles.None, CultureInfo.InvariantCulture))
        : null;

    public TimeSpan Time => TimeSpan.FromMinutes(Minutes);

    /// <summary>Whether it is long enough to tell growth from warming up.</summary>
    public bool IsJudged => Minutes >= ShortestJudged;

    public bool IsEarly(TimeSpan at) => at.TotalMinutes >= WarmUp && at.TotalMinutes < WarmUp + Window;

    public bool IsLate(TimeSpan at) => at.TotalMinutes >= Minutes - Window;

    /// <summary>The two windows, in words.</summary>
    public string Windows => FormattableString.Invariant(
        $"minutes {WarmUp:0}–{WarmUp + Window:0} and {Minutes - Window:0}–{Minutes}");

    // Ten minutes hold a restart of the database and some twenty other faults: a window of that length sees all there is.
    private double Window => Math.Min(LongestWindow, (Minutes - WarmUp) / 2);
}
