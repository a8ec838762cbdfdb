using System.Text;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>
/// Names of OpenTelemetry in Prometheus' alphabet, by the rules of OpenTelemetry's "Prometheus and OpenMetrics Compatibility":
/// <c>sweeps.chunk.duration</c> in <c>s</c> is <c>sweeps_chunk_duration_seconds</c>, and a counter ends in <c>_total</c>.
/// </summary>
/// <param name="Family">Of the metric as a whole, without <c>_total</c>: as OpenMetrics declares it.</param>
/// <param name="Sample">As queries name it; of a histogram its buckets, sum and count add their own ends.</param>
/// <param name="Unit">As Prometheus spells it; empty for none.</param>
public sealed record PrometheusName(string Family, string Sample, string Unit)
{
    private const string Total = "_total";

    public static PrometheusName Of(InstrumentDeclaration declared) =>
        Of(declared.Name, declared.Unit, declared.Kind is InstrumentKind.Counter);

    /// <param name="name">In OpenTelemetry's style.</param>
    /// <param name="unit">UCUM.</param>
    /// <param name="isCounter">Whether it only grows.</param>
    public static PrometheusName Of(string name, string unit, bool isCounter)
    {
        string family = Cleaned(name), words = PrometheusUnit.Of(unit);
        if (isCounter && family.EndsWith(Total, StringComparison.Ordinal)) family = family[..^Total.Length];
        if (family.Length == 0 || char.IsAsciiDigit(family[0])) family = "_" + family;
        if (words.Length > 0 && family != words && !family.EndsWith("_" + words, StringComparison.Ordinal)) family += "_" + words;
        return new(family, isCounter ? family + Total : family, words);
    }

    /// <summary>A label's name.</summary>
    public static string OfLabel(string name)
    {
        string kept = Kept(name, colons: false);
        return kept.Length == 0 || char.IsAsciiDigit(kept[0]) ? "_" + kept : kept;
    }

    /// <summary>Runs of what Prometheus does not take become one underscore, none at the ends.</summary>
    internal static string Cleaned(string text) => Kept(text, colons: true).Trim('_');

    private static string Kept(string text, bool colons)
    {
        var kept = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter) || (colons && letter == ':')) kept.Append(letter);
            else if (kept.Length == 0 || kept[^1] != '_') kept.Append('_');
        }
        return kept.ToString();
    }
}
