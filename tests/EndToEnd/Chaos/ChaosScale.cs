using System.Globalization;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// How much of it: a little with every change, all of it where <c>SWEEPS_CHAOS</c> is <c>thorough</c> (see <c>tests/resilience</c>).
/// </summary>
internal static class ChaosScale
{
    public static readonly bool IsThorough = Environment.GetEnvironmentVariable("SWEEPS_CHAOS") is "thorough";

    /// <summary>Why a test that takes long does not run; null where it does.</summary>
    public static string? Skip => IsThorough ? null : "takes long: SWEEPS_CHAOS=thorough";

    /// <summary>
    /// <c>--lost-after</c> in seconds. What is promised of a short one is seen at length; with every change the machine may be so busy that silos
    /// which live are not heard for seconds, and no test is to fail for that.
    /// </summary>
    public static string LostAfter(int thorough) => LostAfterSeconds(thorough).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same as a number.</summary>
    public static int LostAfterSeconds(int thorough) => Of(Math.Max(thorough, 6), thorough);

    public static int Of(int quick, int thorough) => IsThorough ? thorough : quick;
}
