namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Marks at round numbers: 1, 2, 5 times powers of ten. Each method gives candidates from the densest to the sparsest, for a caller who
/// knows the room.
/// </summary>
public static class Ticks
{
    private const int MostMajor = 12;
    private static readonly int[] Digits = [1, 2, 5];

    /// <summary>
    /// Power of ten taken out of the labels, to be named beside the axis: 0 unless the largest number needs six digits or more before the
    /// point or four zeros or more after it.
    /// </summary>
    public static int Exponent(Interval range)
    {
        double largest = Math.Max(Math.Abs(range.Low), Math.Abs(range.High));
        int exponent = (int)Math.Floor(Math.Log10(largest));
        return exponent is >= 5 or <= -4 ? exponent : 0;
    }

    /// <summary>Equally spaced marks within the range, labels in units of <c>10^exponent</c>.</summary>
    public static IEnumerable<IReadOnlyList<Tick>> Linear(Interval range, int exponent)
    {
        double unit = Math.Pow(10, Math.Max(exponent, -300));
        double low = range.Low / unit, high = range.High / unit;
        double finest = (0.5 * high - 0.5 * low) * 2 / MostMajor;
        int power = (int)Math.Floor(Math.Log10(finest));
        for (; ; power++)
        {
            foreach (int digit in Digits)
            {
                double step = Scaled(digit, power);
                if (step < finest * (1 - 1e-9))
                    continue;
                IReadOnlyList<Tick> ticks = Multiples(range, digit, power, unit);
                if (ticks.Count(t => t.IsMajor) < 2)
                    yield break;
                yield return ticks;
            }
        }
    }

    /// <summary>
    /// Decades with minor marks at 2 … 9; under two decades 1, 2, 5 are labelled too; if even these are too few, see <see cref="Linear"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The range is not positive.</exception>
    public static IEnumerable<IReadOnlyList<Tick>> Logarithmic(Interval range)
    {
        if (range.Low <= 0)
            throw new ArgumentException("A logarithmic axis needs positive values.", nameof(range));
        double low = Math.Log10(range.Low), high = Math.Log10(range.High);
        if (high - low < 2.3)
        {
            foreach (int[] digits in (int[][])[[1, 2, 5], [1, 3], [1]])
            {
                IReadOnlyList<Tick> ticks = Decades(range, 1, d => digits.Contains(d));
                if (ticks.Count(t => t.IsMajor) >= (high - low < 1 ? 3 : 2))
                    yield return ticks;
            }
            if (high - low < 1)
            {
                foreach (IReadOnlyList<Tick> ticks in Linear(range, exponent: 0))
                    yield return [.. ticks.Where(t => t.IsMajor).Select(t => t with { Label = NumberLabels.Short(t.At, 6) })];
            }
            yield break;
        }
        for (int stride = 1; stride <= high - low; stride++)
            yield return Decades(range, stride, d => d == 1);
    }

    private static List<Tick> Multiples(Interval range, int digit, int power, double unit)
    {
        double low = range.Low / unit, high = range.High / unit;
        double step = Scaled(digit, power);
        double slack = 1e-9 * step;
        List<Tick> ticks = [];
        int parts = digit == 2 ? 4 : 5;
        double first = Math.Ceiling((low - slack) / step) - 1, last = Math.Floor((high + slack) / step);
        for (double multiple = first; multiple <= last; multiple++)
        {
            double major = Scaled(multiple * digit, power);
            if (multiple > first)
                ticks.Add(new(Math.Clamp(major * unit, range.Low, range.High), NumberLabels.Fixed(major, -power)));
            for (int part = 1; part < parts; part++)
            {
                double minor = major + step * part / parts;
                if (minor >= low && minor <= high)
                    ticks.Add(new(Math.Clamp(minor * unit, range.Low, range.High), ""));
            }
            if (multiple + 1 == multiple)
                break;
        }
        return ticks;
    }

    private static List<Tick> Decades(Interval range, int stride, Func<int, bool> isLabelled)
    {
        int first = (int)Math.Floor(Math.Log10(range.Low)), last = (int)Math.Floor(Math.Log10(range.High) + 1e-12);
        bool hasMinor = last - first <= 8;
        // One style along an axis: plain numbers only while all of them are short.
        bool isPlain = first >= -3 && last <= 4;
        List<Tick> ticks = [];
        for (int decade = first; decade <= last; decade++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double value = Scaled(digit, decade);
                if (value < range.Low * (1 - 1e-12) || value > range.High * (1 + 1e-12))
                    continue;
                double at = Math.Clamp(value, range.Low, range.High);
                if (isLabelled(digit) && decade % stride == 0)
                    ticks.Add(new(at, Label(digit, decade, isPlain)));
                else if (hasMinor || digit == 1)
                    ticks.Add(new(at, ""));
            }
        }
        return ticks;
    }

    private static string Label(int digit, int decade, bool isPlain) => (isPlain, digit) switch
    {
        (true, _) => NumberLabels.Fixed(Scaled(digit, decade), -decade),
        (false, 1) => NumberLabels.PowerOfTen(decade),
        _ => digit.ToString(System.Globalization.CultureInfo.InvariantCulture) + "×" + NumberLabels.PowerOfTen(decade),
    };

    // Dividing by an exact power of ten rounds once; multiplying by 0.1, 0.01 … would round twice.
    private static double Scaled(double digits, int power) => power < 0 ? digits / Math.Pow(10, -power) : digits * Math.Pow(10, power);
}
