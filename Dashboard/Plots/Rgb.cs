using System.Globalization;

namespace Sweeps.Dashboard.Plots;

/// <summary>An opaque sRGB colour, eight bits a channel.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>As CSS and SVG write it: <c>#rrggbb</c>.</summary>
    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    /// <exception cref="FormatException">Not six hexadecimal digits after a <c>#</c>.</exception>
    public static Rgb Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        if (hex.Length != 7 || hex[0] != '#')
            throw new FormatException($"'{hex}' is not a colour: write #rrggbb.");
        int bits = int.Parse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new((byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
    }
}
