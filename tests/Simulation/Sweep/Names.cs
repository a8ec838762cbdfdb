using System.Globalization;

namespace Sweeps.Simulation.Sweep;

/// <summary>The names of a dataset, as in <c>DatasetFolder</c>.</summary>
internal static class Names
{
    public const string Points = "points";
    public const string Curves = "curves";
    public const string Failures = "failures";
    public const string Journal = "_journal";
    public const string Staging = "_staging";
    public const string Manifest = "sweep.json";
    public const string Merged = "merged-";
    public const string Kept = "kept-";
    public const string GivenUp = "given-up-";
    public const string Intent = "extension-";

    public static string Part(int firstPoint) => firstPoint.ToString("D12", CultureInfo.InvariantCulture);

    public static int FirstPointOf(string part) => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);

    public static bool IsPart(string name) => char.IsAsciiDigit(name[0]);

    public static string KeptPrefix(int generation) => $"{Kept}{Digits(generation)}-";

    public static string StagedPrefix(int generation) => $"{Digits(generation)}-";

    public static string StagedPart(int generation, long epoch, string table, int firstPoint) =>
        $"{Staging}/{StagedPrefix(generation)}{Digits(epoch)}-{table}-{Part(firstPoint)}";

    public static string Digits(long number) => number.ToString("D5", CultureInfo.InvariantCulture);

    public static string StemOfFailures(string name) => name.StartsWith(GivenUp, StringComparison.Ordinal) ? name[GivenUp.Length..] : name;
}
