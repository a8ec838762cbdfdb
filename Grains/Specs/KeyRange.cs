using System.Globalization;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>The numbers that a key takes, for people.</summary>
public static class KeyRange
{
    /// <summary>As it stands behind "an integer" or "a number".</summary>
    public static string Of(ExperimentKey key)
    {
        string low = key.Minimum.ToString("R", CultureInfo.InvariantCulture);
        string high = key.Maximum.ToString("R", CultureInfo.InvariantCulture);
        string above = key.MinimumIsExclusive ? $"above {low}" : $"of at least {low}";
        return (double.IsFinite(key.Minimum), double.IsFinite(key.Maximum)) switch
        {
            (true, true) => $"{above} and at most {high}",
            (true, false) => above,
            (false, true) => $"of at most {high}",
            _ => "that is finite",
        };
    }
}
