namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>
/// Units of UCUM in Prometheus' words, by the rules of OpenTelemetry's "Prometheus and OpenMetrics Compatibility": what stands in braces is
/// no unit, <c>a/b</c> is <c>a_per_b</c>. A unit of <c>1</c> adds nothing, as in OpenTelemetry's exporter for .NET.
/// </summary>
internal static class PrometheusUnit
{
    /// <returns>Letters, digits and single underscores; empty for none.</returns>
    public static string Of(string unit)
    {
        string bare = WithoutBraces(unit);
        int slash = bare.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return Whole(bare);
        string above = Whole(bare[..slash]), below = bare[(slash + 1)..];
        below = WordBelow(below) ?? PrometheusName.Cleaned(below);
        return below.Length == 0 ? above : above.Length == 0 ? $"per_{below}" : $"{above}_per_{below}";
    }

    private static string Whole(string unit) => WordOf(unit) ?? PrometheusName.Cleaned(unit);

    private static string WithoutBraces(string unit)
    {
        while (unit.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open
            && unit.IndexOf('}', open) is >= 0 and var close)
            unit = unit.Remove(open, close - open + 1);
        return unit;
    }

    private static string? WordOf(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "TiBy" => "tebibytes",
        "KBy" => "kilobytes",
        "MBy" => "megabytes",
        "GBy" => "gigabytes",
        "TBy" => "terabytes",
        "m" => "meters",
        "V" => "volts",
        "A" => "amperes",
        "J" => "joules",
        "W" => "watts",
        "g" => "grams",
        "Cel" => "celsius",
        "Hz" => "hertz",
        "%" => "percent",
        "1" => "",
        _ => null,
    };

    private static string? WordBelow(string unit) => unit switch
    {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "mo" => "month",
        "y" => "year",
        _ => null,
    };
}
