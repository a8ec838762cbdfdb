namespace Sweeps.Dashboard.Display;

/// <summary>How many mistakes one answer tells: a request of a mebibyte may have a hundred thousand, and nobody reads them.</summary>
internal static class ToldMistakes
{
    public const int Most = 100;

    /// <summary>A clause for those that are not told; null if all are.</summary>
    public static string? Rest(int all) => all > Most ? $"and {Numbers.Counted(all - Most, "more mistake")}" : null;
}
