namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// How much of it: a little with every change, all of it where <c>SWEEPS_CHAOS</c> is <c>thorough</c> (see <c>tests/resilience</c>).
/// </summary>
internal static class ChaosScale
{
    public static readonly bool IsThorough = Environment.GetEnvironmentVariable("SWEEPS_CHAOS") is "thorough";

    /// <summary>Why a test that takes long does not run; null where it does.</summary>
    public static string? Skip => IsThorough ? null : "takes long: SWEEPS_CHAOS=thorough";

    public static int Of(int quick, int thorough) => IsThorough ? thorough : quick;
}
