using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sweeps.Grains.Specs;

/// <summary>The canonical text of a spec, and its hash.</summary>
internal static class CanonicalSpec
{
    public static string TextOf(SweepSpec spec)
    {
        var text = new StringBuilder("sweeps-spec 1\n");
        text.Append("experiment ").Append(spec.Experiment.Name).Append('\n');
        foreach (var axis in spec.Axes)
            if (axis.Values.Length > 1)
                text.Append("axis ").Append(axis.Name).Append('=').AppendJoin(' ', axis.Values).Append('\n');
        foreach (var key in spec.Experiment.Keys)
            if (spec.ValuesOf(key.Name) is [var only])
                text.Append("fixed ").Append(key.Name).Append('=').Append(only).Append('\n');
        text.Append("times=");
        if (spec.Times is { } times) text.AppendJoin(' ', times.Select(time => time.ToString("R", CultureInfo.InvariantCulture)));
        else text.Append("default");
        text.Append("\nmeasure=").AppendJoin(' ', spec.Measures);
        text.Append(CultureInfo.InvariantCulture, $"\nseed={spec.Seed}\n");
        return text.ToString();
    }

    public static string HashOf(SweepSpec spec) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TextOf(spec))));
}
