using System.Globalization;
using FsCheck;

namespace Sweeps.Properties;

/// <summary>
/// How properties are checked: with the same examples in every run, so that one that fails fails again. <c>SWEEPS_SEED=N</c> tries others.
/// </summary>
internal static class Repeatable
{
    private const ulong UsualSeed = 1;

    // FsCheck's second number, which may be any that is odd.
    private const ulong Step = 3;

#pragma warning disable RS0030 // The one place that says which examples.
    /// <summary>A hundred examples.</summary>
    public static Config Runs => Config.QuickThrowOnFailure.WithReplay(Seed, Step);
#pragma warning restore RS0030

    private static ulong Seed => Environment.GetEnvironmentVariable("SWEEPS_SEED") is { } seed
        ? ulong.Parse(seed, NumberStyles.None, CultureInfo.InvariantCulture) : UsualSeed;
}
