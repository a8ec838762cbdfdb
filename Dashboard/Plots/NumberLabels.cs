using System.Globalization;
using System.Text;

namespace Sweeps.Dashboard.Plots;

/// <summary>Numbers as readers expect them in a figure: short, with a true minus sign and superscript powers of ten.</summary>
internal static class NumberLabels
{
    public const char Minus = '\u2212';
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>With a fixed number of decimals, a plain 0 for zero.</summary>
    public static string Fixed(double value, int decimals)
    {
        string text = value.ToString("F" + Math.Clamp(decimals, 0, 15).ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
        bool isZero = text.All(c => c is '0' or '.' or '-');
        return isZero ? "0" : text.Replace('-', Minus);
    }

    /// <summary>At most the given significant digits, trailing zeros gone; far from 1 as <c>m×10ⁿ</c>.</summary>
    public static string Short(double value, int digits = 4)
    {
        if (value == 0)
            return "0";
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "not a number" : value > 0 ? "∞" : Minus + "∞";
        string[] parts = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Split('E');
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (exponent is >= -4 and < 6)
        {
            double rounded = double.Parse(parts[0] + "E" + parts[1], CultureInfo.InvariantCulture);
            return rounded.ToString("0.############", CultureInfo.InvariantCulture).Replace('-', Minus);
        }
        string mantissa = parts[0].Contains('.') ? parts[0].TrimEnd('0').TrimEnd('.') : parts[0];
        string power = PowerOfTen(exponent);
        return mantissa switch
        {
            "1" => power,
            "-1" => Minus + power,
            _ => mantissa.Replace('-', Minus) + "×" + power,
        };
    }

    public static string PowerOfTen(int exponent)
    {
        StringBuilder text = new("10");
        foreach (char c in exponent.ToString(CultureInfo.InvariantCulture))
            text.Append(c == '-' ? '⁻' : Superscripts[c - '0']);
        return text.ToString();
    }

    /// <summary>
    /// <c>value ± error</c>, the error to two significant digits and the value to the same place; without an error, four digits.
    /// </summary>
    public static string Measured(double value, double? error)
    {
        if (error is not { } e || !double.IsFinite(e) || e <= 0)
            return Short(value);
        int decimals = 1 - (int)Math.Floor(Math.Log10(e));
        return decimals is >= 0 and <= 9 && Math.Abs(value) < 1e6
            ? $"{Fixed(value, decimals)} ± {Fixed(e, decimals)}"
            : $"{Short(value, 6)} ± {Short(e, 2)}";
    }
}
