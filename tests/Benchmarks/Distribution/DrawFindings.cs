using System.Globalization;

namespace Sweeps.Benchmarks.Distribution;

/// <summary>The tests of the normals.</summary>
internal static class DrawFindings
{
    private const int Bins = 1024;

    /// <summary>
    /// The largest |normal|: the uniform of the radius is (⌊a/2⌋ + ½) 2⁻³¹, at least 2⁻³², so the radius is at most √(64 ln 2).
    /// </summary>
    public static double LargestPossible => Math.Sqrt(64 * Math.Log(2));

    public static IEnumerable<Finding> Of(DrawTally tally) =>
        [.. PowerFindings(tally), .. HistogramFindings(tally), .. TailFindings(tally), .. CorrelationFindings(tally)];

    /// <summary>
    /// Chance of a normal beyond <paramref name="x"/> on one side, as it is made: of the 2³¹ radii those above x count, each with its share
    /// of angles.
    /// </summary>
    public static double BeyondAsMade(double x)
    {
        double sum = 0;
        for (long k = 0; ; k++)
        {
            double radius = Math.Sqrt(-2 * Math.Log((k + 0.5) * Math.Pow(2, -31)));
            if (radius <= x) return sum;
            sum += Math.Pow(2, -31) * Math.Acos(x / radius) / Math.PI;
        }
    }

    private static IEnumerable<Finding> PowerFindings(DrawTally tally)
    {
        double n = tally.Count;
        for (int k = 1; k <= DrawTally.Moments; k++)
        {
            double law = Moment(k), error = Math.Sqrt((Moment(2 * k) - law * law) / n), mean = tally.Powers[k - 1] / n;
            yield return new($"moment {k}", Text(mean, "F6"), $"{Text(law, "F0")} ± {Text(error, "F6")}", (mean - law) / error);
        }

        static double Moment(int k)
        {
            if (k % 2 == 1) return 0;
            double product = 1;
            for (int i = k - 1; i > 1; i -= 2) product *= i;
            return product;
        }
    }

    private static IEnumerable<Finding> HistogramFindings(DrawTally tally)
    {
        const int Cells = 2 * DrawTally.Reach * DrawTally.CellsPerUnit;
        double n = tally.Count, distance = 0;
        double[] counts = new double[Bins], expected = new double[Bins];
        int bin = 0;
        long below = 0;
        double lawBelow = 0, binStart = 0;
        long countStart = 0;
        for (int cell = 0; cell < Cells; cell++)
        {
            below += tally.Cells[cell];
            double edge = (cell + 1.0) / DrawTally.CellsPerUnit - DrawTally.Reach;
            lawBelow = cell == Cells - 1 ? 1 : Deviates.Beyond(-edge);
            distance = Math.Max(distance, Math.Abs(below / n - lawBelow));
            // A bin ends at the first cell edge where its share of the probability is full.
            if (cell < Cells - 1 && (bin == Bins - 1 || lawBelow < (bin + 1.0) / Bins)) continue;
            (counts[bin], expected[bin]) = (below - countStart, n * (lawBelow - binStart));
            (countStart, binStart) = (below, lawBelow);
            bin++;
        }
        if (bin != Bins) throw new InvalidOperationException($"{bin} bins of {Bins}");
        yield return new(
            $"χ², {Bins} bins of equal probability", "", $"{Bins - 1} degrees of freedom", Deviates.ChiSquare(counts, expected));
        yield return new(
            $"Kolmogorov–Smirnov, {Cells} cells", $"√n D = {Text(Math.Sqrt(n) * distance, "F3")}", "Kolmogorov's",
            Deviates.KolmogorovSmirnov(distance, n));
    }

    private static IEnumerable<Finding> TailFindings(DrawTally tally)
    {
        foreach (int x in new[] { 4, 5, 6 })
        {
            double law = tally.Count * Deviates.Beyond(x), made = tally.Count * BeyondAsMade(x);
            string expected = $"{Text(law, "F2")} (as made: {Text(made, "F2")})";
            long above = Sum(DrawTally.Reach + x, 2 * DrawTally.Reach), below = Sum(0, DrawTally.Reach - x);
            yield return new($"draws above {x}", $"{above}", expected, Deviates.Poisson(above, law));
            yield return new($"draws below −{x}", $"{below}", expected, Deviates.Poisson(below, law));
        }

        long Sum(int from, int to)
        {
            long sum = 0;
            for (int cell = from * DrawTally.CellsPerUnit; cell < to * DrawTally.CellsPerUnit; cell++) sum += tally.Cells[cell];
            return sum;
        }
    }

    private static IEnumerable<Finding> CorrelationFindings(DrawTally tally)
    {
        double n = tally.Count;
        // Variances under the law: x x′ 1, (x²−1)(x′²−1) 4, x (y²−1) 2.
        foreach (var (name, sums, variance) in new[] { ("draws", tally.Products, 1.0), ("squares", tally.SquareProducts, 4.0) })
        {
            double[] deviates = [.. sums.Select(sum => sum / Math.Sqrt(variance * n))];
            for (int i = 0; i < deviates.Length; i++)
                yield return new(
                    $"correlation of {name} at lag {DrawTally.Lags[i]}", Text(sums[i] / n / Math.Sqrt(variance), "E2"),
                    $"0 ± {Text(1 / Math.Sqrt(n), "E1")}", deviates[i]);
            yield return new(
                $"all {deviates.Length} lags of {name} together", "", $"χ² with {deviates.Length} degrees of freedom",
                Deviates.ChiSquare(deviates.Sum(z => z * z), deviates.Length));
        }
        string[] pairs = ["x y", "(x²−1)(y²−1)", "x (y²−1)", "(x²−1) y"];
        double[] variances = [1, 4, 2, 2];
        for (int i = 0; i < pairs.Length; i++)
        {
            double deviate = tally.Partners[i] / Math.Sqrt(variances[i] * n / 2);
            yield return new(
                $"Box–Muller partners: mean {pairs[i]}", Text(tally.Partners[i] / (n / 2), "E2"),
                $"0 ± {Text(Math.Sqrt(variances[i] / (n / 2)), "E1")}", deviate);
        }
    }

    private static string Text(double x, string format) => x.ToString(format, CultureInfo.InvariantCulture);
}
