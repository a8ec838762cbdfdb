using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Sweeps.Grains.Specs;

/// <summary>
/// What a plain scalar is under the core schema of YAML 1.2 (section 10.3.2): <c>yes</c>, <c>no</c> and <c>010</c> hold no surprise.
/// </summary>
internal static partial class CoreScalar
{
    public static ScalarMeaning MeaningOf(ScalarNode scalar) => !scalar.IsPlain
        ? ScalarMeaning.Text
        : scalar.Text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => ScalarMeaning.Null,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarMeaning.Truth,
            _ when NotFinite().IsMatch(scalar.Text) => ScalarMeaning.NotFinite,
            _ when Integer().IsMatch(scalar.Text) => ScalarMeaning.Integer,
            _ when Real().IsMatch(scalar.Text) => ScalarMeaning.Real,
            _ => ScalarMeaning.Text,
        };

    /// <summary>Value of an <see cref="ScalarMeaning.Integer"/>; null if it does not fit into 64 bits.</summary>
    public static long? ToInteger(string text) => text switch
    {
        ['0', 'x', .. var digits] => FromDigits(digits, 16),
        ['0', 'o', .. var digits] => FromDigits(digits, 8),
        _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null,
    };

    /// <summary>Value of an <see cref="ScalarMeaning.Integer"/> or <see cref="ScalarMeaning.Real"/>; infinite if it does not fit.</summary>
    public static double ToReal(string text) => text is ['0', 'x' or 'o', ..]
        ? (double?)ToInteger(text) ?? double.PositiveInfinity
        : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static long? FromDigits(string digits, int radix)
    {
        BigInteger value = 0;
        foreach (char digit in digits)
        {
            value = value * radix + (char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
            if (value > long.MaxValue) return null;
        }
        return (long)value;
    }

    [GeneratedRegex(@"\A(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Real();

    [GeneratedRegex(@"\A(?:[-+]?(?:\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NotFinite();
}
