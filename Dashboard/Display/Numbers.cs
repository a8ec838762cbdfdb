using System.Globalization;

namespace Sweeps.Dashboard.Display;

/// <summary>Numbers for programs and for people.</summary>
internal static class Numbers
{
    /// <summary>Shortest text that reads back as the same number.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A count with a space between thousands, which no reader takes for a decimal sign.</summary>
    public static string Count(long value) => value.ToString("#,0", Spaced);

    /// <summary><c>1 point</c>, <c>12 points</c>.</summary>
    public static string Counted(long count, string word) => $"{Count(count)} {word}{(count == 1 ? "" : "s")}";

    /// <summary><c>12 per s</c>, <c>5.2 per min</c>.</summary>
    public static string Rate(double perSecond) => perSecond >= 1
        ? $"{(perSecond >= 1000 ? Count((long)perSecond) : Significant(perSecond, 3))} per s"
        : $"{Significant(perSecond * 60, 3)} per min";

    /// <summary>A dash where there is no rate.</summary>
    public static string RateOrDash(double? perSecond) => perSecond is { } rate ? Rate(rate) : "–";

    /// <summary>A share as a length in CSS and SVG: <c>12.5%</c>.</summary>
    public static string Percent(double share) => $"{(100 * share).ToString("0.##", CultureInfo.InvariantCulture)}%";

    /// <summary>Significant digits, no zeros at the end; far from 1 with an exponent.</summary>
    public static string Significant(double value, int digits = 4) =>
        value.ToString($"G{digits.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);

    /// <summary>
    /// Value to four significant digits, or fewer where the error is so large that they would mean nothing, and the error to two digits at
    /// the same decimal place: <c>2.774 ± 0.021</c>.
    /// </summary>
    public static string WithError(double value, double? error)
    {
        if (error is not { } se || !double.IsFinite(se) || se <= 0) return Significant(value);
        // The second digit of the error, but never finer than the fourth digit of the value.
        int errorPlace = Magnitude(se) - 1;
        int valuePlace = value == 0 ? errorPlace : Magnitude(value) - 3;
        int decimals = -Math.Max(errorPlace, valuePlace);
        if (Math.Abs(value) >= 1e6 || decimals > 9) return $"{Significant(value)} ± {Significant(se, 2)}";
        string text = Fixed(value, decimals), errorText = Fixed(se, decimals);
        return errorText.All(c => c is '0' or '.') ? $"{text} ± {Significant(se, 1)}" : $"{text} ± {errorText}";
    }

    /// <summary>Bytes with a unit of 1024.</summary>
    public static string Bytes(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        int unit = 0;
        while (bytes >= 1024 && unit < units.Length - 1) (bytes, unit) = (bytes / 1024, unit + 1);
        return unit == 0 || bytes >= 100 ? $"{bytes.ToString("F0", CultureInfo.InvariantCulture)} {units[unit]}"
            : $"{bytes.ToString("G3", CultureInfo.InvariantCulture)} {units[unit]}";
    }

    /// <summary>A duration in its two largest units: <c>3 h 20 min</c>.</summary>
    public static string Duration(double seconds)
    {
        if (!(seconds < 1e12)) return "more than 30 000 years";
        if (seconds < 1) return seconds < 0.01 ? "under 0.01 s" : $"{Significant(seconds, 2)} s";
        if (seconds < 10) return $"{Significant(seconds, 2)} s";
        long whole = (long)Math.Round(seconds);
        return whole switch
        {
            < 60 => $"{whole} s",
            < 3600 => Two(whole / 60, "min", whole % 60, "s"),
            < 86_400 => Two(whole / 3600, "h", whole % 3600 / 60, "min"),
            < 86_400L * 365 => Two(whole / 86_400, "d", whole % 86_400 / 3600, "h"),
            _ => $"{Significant(seconds / (86_400 * 365.25), 3)} years",
        };
    }

    private static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = " ", NumberDecimalSeparator = "." };

    private static string Two(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";

    private static int Magnitude(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)));

    private static string Fixed(double value, int decimals) =>
        value.ToString($"F{Math.Clamp(decimals, 0, 15).ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);
}
