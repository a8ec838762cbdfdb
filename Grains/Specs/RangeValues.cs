using System.Globalization;

namespace Sweeps.Grains.Specs;

/// <summary>
/// The values of a range. The ends are exactly as written; those between are rounded to 12 significant digits, so that 0.1 + 2·0.1 is
/// 0.3, and so that a last bit of exp or log that differs between machines does not name another point.
/// </summary>
internal static class RangeValues
{
    /// <summary><c>from + i·step</c>, <paramref name="count"/> values; a lone value is <paramref name="from"/>.</summary>
    public static double[] Linear(double from, double to, int count)
    {
        double[] values = Between(from, to, count, share => from * (1 - share) + to * share);
        // What cancellation leaves of a zero is no value.
        double noise = 1e-13 * Math.Max(Math.Abs(from), Math.Abs(to));
        for (int i = 1; i < count - 1; i++)
            if (Math.Abs(values[i]) < noise) values[i] = 0;
        return values;
    }

    /// <summary>Equal steps in the logarithm; both ends positive.</summary>
    public static double[] Logarithmic(double from, double to, int count)
    {
        double start = Math.Log(from), end = Math.Log(to);
        return Between(from, to, count, share => Math.Exp(start * (1 - share) + end * share));
    }

    /// <summary>Linear in exact integer arithmetic, to the nearest; halves go up in size.</summary>
    public static long[] LinearIntegers(long from, long to, int count)
    {
        long[] values = new long[count];
        Int128 span = (Int128)to - from;
        int steps = Math.Max(1, count - 1);
        for (int i = 0; i < count; i++)
        {
            var twice = 2 * span * i;
            values[i] = (long)(from + (twice + Int128.CopySign(steps, span)) / (2 * steps));
        }
        return values;
    }

    /// <summary>Logarithmic, to the nearest.</summary>
    public static long[] LogarithmicIntegers(long from, long to, int count)
    {
        double[] reals = Logarithmic(from, to, count);
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        long[] values = [.. reals.Select(real => (long)Int128.Clamp((Int128)Math.Round(real, MidpointRounding.AwayFromZero), low, high))];
        (values[0], values[^1]) = (from, to);
        return values;
    }

    /// <summary>Rounds to 12 significant digits.</summary>
    public static double Round(double value) =>
        double.Parse(value.ToString("E11", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double[] Between(double from, double to, int count, Func<double, double> at)
    {
        double[] values = new double[count];
        for (int i = 1; i < count - 1; i++) values[i] = Round(at((double)i / (count - 1)));
        (values[0], values[^1]) = (from, to);
        return values;
    }
}
