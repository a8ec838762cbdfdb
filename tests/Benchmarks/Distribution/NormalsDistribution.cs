using System.Globalization;
using Sweeps.Benchmarks.Comparisons;
using Sweeps.Compute.Random;

namespace Sweeps.Benchmarks.Distribution;

/// <summary>
/// The command <c>normals-distribution [--draws N] [--seed S]</c>: tests of N normals, and of the words under them, against their laws.
/// Streams on all cores; the figures do not depend on how many there are. Exit code 1 if any test is more than 5 standard deviations from
/// its law.
/// </summary>
internal static class NormalsDistribution
{
    private const double Limit = 5;
    private const int Slices = 64;
    private const double DefaultDraws = 1e9;
    private const double FewestDraws = 1e6;

    /// <summary>Counts of a histogram's cell stay below 2³² up to here.</summary>
    private const double MostDraws = 1e12;

    public static int Run(string[] arguments, TimeProvider time, TextWriter output, TextWriter errors)
    {
        double draws = DefaultDraws;
        long seed = 1;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            bool good = arguments[i] switch
            {
                "--draws" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out draws)
                    && draws is >= FewestDraws and <= MostDraws,
                "--seed" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed),
                _ => false,
            };
            if (good) continue;
            errors.WriteLine(
                $"normals-distribution: '{string.Join(' ', arguments[i..])}' is not --draws N (1e6 to 1e12) or --seed S (an integer)");
            return 2;
        }
        Machine.Print(output);
        long start = time.GetTimestamp();
        var (drawn, words) = Draw((long)Math.Ceiling(draws / DrawTally.Chunk), seed);
        using (drawn)
        {
            Finding[] findings = [.. DrawFindings.Of(drawn), .. WordFindings.Of(words)];
            return Report(output, drawn, findings, time.GetElapsedTime(start));
        }
    }

    /// <summary>Slices are added up in their order, so that sums have the same bits on any number of threads.</summary>
    private static (DrawTally Draws, WordTally Words) Draw(long chunks, long seed)
    {
        RandomStream stream = RandomStream.Of(seed, "distribution\n", "normals");
        var draws = new DrawTally();
        var words = new WordTally();
        const ulong GroupsPerChunk = DrawTally.Chunk / NormalsSimd.GroupSize;
        var slices = new (DrawTally Draws, WordTally Words)[Slices];
        Parallel.For(0, Slices, slice =>
        {
            var (someDraws, someWords) = (new DrawTally(), new WordTally());
            for (long chunk = chunks * slice / Slices; chunk < chunks * (slice + 1) / Slices; chunk++)
            {
                someDraws.Add(stream, (ulong)chunk * GroupsPerChunk);
                someWords.Add(stream, (ulong)chunk * GroupsPerChunk);
            }
            slices[slice] = (someDraws, someWords);
        });
        foreach (var (someDraws, someWords) in slices)
        {
            draws.Add(someDraws);
            words.Add(someWords);
            someDraws.Dispose();
        }
        return (draws, words);
    }

    private static int Report(TextWriter output, DrawTally drawn, Finding[] findings, TimeSpan elapsed)
    {
        string Text(double x, string format) => x.ToString(format, CultureInfo.InvariantCulture);
        double limit = DrawFindings.LargestPossible, beyond = 2 * drawn.Count * Deviates.Beyond(limit);
        output.WriteLine($"{drawn.Count} normals of one stream, and as many words, in {Text(elapsed.TotalSeconds, "F1")} s");
        output.WriteLine($"""
            largest |normal| {Text(drawn.Largest, "F4")}; none can exceed {Text(limit, "F4")} = √(64 ln 2), as the radius comes of 31 bits:
            of N(0, 1), {Text(beyond, "G2")} draws would lie beyond, which moves moment 8 by {Text(TruncatedMoment8(), "G1")}
            """);
        output.WriteLine();
        var table = new PlainTable(output, new("test", -44), new("found", 28), new("law", 36), new("z", 5, "F2"), new("p", 8, "G2"));
        table.Header();
        foreach (Finding finding in Shown(findings))
            table.Row(finding.Test, finding.Value, finding.Law, finding.Deviate, Deviates.Probability(finding.Deviate));
        int failed = findings.Count(finding => !(Math.Abs(finding.Deviate) <= Limit));
        double worst = findings.Max(finding => Math.Abs(finding.Deviate));
        double runs = 1 / (findings.Length * Deviates.Probability(Limit));
        output.WriteLine();
        output.WriteLine($"{findings.Length} tests, {failed} beyond {Limit} standard deviations, the worst at {Text(worst, "F2")}.");
        output.WriteLine($"If the laws hold, one of so many lies beyond {Limit} in one run of {Text(runs, "F0")}.");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Of a long family of tests (lags, bits) only the worst, and whatever fails.</summary>
    private static IEnumerable<Finding> Shown(Finding[] findings)
    {
        foreach (var family in findings.GroupBy(Family))
        {
            Finding worst = family.MaxBy(finding => Math.Abs(finding.Deviate))!;
            foreach (Finding finding in family)
            {
                if (family.Key == finding.Test || Math.Abs(finding.Deviate) > Limit) yield return finding;
                else if (finding == worst) yield return finding with { Test = $"{finding.Test}: worst of {family.Count()}" };
            }
        }

        static string Family(Finding finding)
        {
            string? member = new[] { " at lag ", " bit " }.FirstOrDefault(word => finding.Test.Contains(word, StringComparison.Ordinal));
            return member is null ? finding.Test : finding.Test[..finding.Test.IndexOf(member, StringComparison.Ordinal)];
        }
    }

    /// <summary>∫ x⁸ of both tails that cannot occur, by Simpson's rule.</summary>
    private static double TruncatedMoment8()
    {
        const int Panels = 200;
        double from = DrawFindings.LargestPossible, h = 6.0 / Panels, sum = 0;
        for (int i = 0; i <= Panels; i++)
        {
            double x = from + i * h;
            sum += (i is 0 or Panels ? 1 : i % 2 == 1 ? 4 : 2) * Math.Pow(x, 8) * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        }
        return 2 * sum * h / 3;
    }
}
