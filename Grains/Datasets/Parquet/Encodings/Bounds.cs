using System.Numerics;
using System.Runtime.InteropServices;

namespace Sweeps.Grains.Datasets.Parquet.Encodings;

/// <summary>Least and greatest value of a column chunk, as bytes in PLAIN encoding.</summary>
internal static class Bounds
{
    /// <summary>Longer texts make no bound: the footer is read by everyone.</summary>
    private const int LongestText = 128;

    /// <summary>NaN counts for nothing; a zero is −0 as the least and +0 as the greatest, as the format wants it.</summary>
    public static (byte[]? Minimum, byte[]? Maximum) Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        T low, high;
        if (typeof(T) == typeof(double) || typeof(T) == typeof(float))
            (low, high) = (T.CreateChecked(float.PositiveInfinity), T.CreateChecked(float.NegativeInfinity));
        else
            (low, high) = (T.MaxValue, T.MinValue);
        var lows = Vector.Create(low);
        var highs = Vector.Create(high);
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (var vector in vectors)
        {
            // Comparisons with NaN are false, so it never gets in.
            lows = Vector.ConditionalSelect(Vector.LessThan(vector, lows), vector, lows);
            highs = Vector.ConditionalSelect(Vector.GreaterThan(vector, highs), vector, highs);
        }
        for (int i = 0; i < Vector<T>.Count; i++) Widen(ref low, ref high, lows[i], highs[i]);
        foreach (var value in values[(vectors.Length * Vector<T>.Count)..]) Widen(ref low, ref high, value, value);
        if (low > high) return (null, null);
        if (T.IsZero(low)) low = NegativeZero<T>();
        if (T.IsZero(high)) high = T.Zero;
        return (MemoryMarshal.AsBytes([low]).ToArray(), MemoryMarshal.AsBytes([high]).ToArray());
    }

    public static (byte[]? Minimum, byte[]? Maximum) Of(ReadOnlySpan<string> values)
    {
        if (values.IsEmpty) return (null, null);
        string low = values[0], high = values[0];
        foreach (string value in values)
        {
            if (CompareCodePoints(value, low) < 0) low = value;
            if (CompareCodePoints(value, high) > 0) high = value;
        }
        return (Short(low), Short(high));
    }

    /// <summary>The order of UTF-8 bytes, which is that of code points, without encoding.</summary>
    internal static int CompareCodePoints(string one, string other)
    {
        int common = one.AsSpan().CommonPrefixLength(other);
        if (common == one.Length || common == other.Length) return one.Length.CompareTo(other.Length);
        return Rank(one[common]).CompareTo(Rank(other[common]));
    }

    /// <summary>Surrogates stand for code points above all others, but not as UTF-16 units.</summary>
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;

    private static void Widen<T>(ref T low, ref T high, T below, T above)
        where T : INumber<T>
    {
        if (below < low) low = below;
        if (above > high) high = above;
    }

    private static T NegativeZero<T>()
        where T : INumber<T> => typeof(T) == typeof(double) || typeof(T) == typeof(float) ? -T.Zero : T.Zero;

    private static byte[]? Short(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return bytes.Length <= LongestText ? bytes : null;
    }
}
