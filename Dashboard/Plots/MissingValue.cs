namespace Sweeps.Dashboard.Plots;

/// <summary>Why a finished point has no value: its closed form tells whether there was something to find in the window.</summary>
internal static class MissingValue
{
    public const string NoCrossing = "no crossing in window", NotFound = "not found in the samples";

    public static string Words(double? theory) => theory is null ? NoCrossing : NotFound;
}
