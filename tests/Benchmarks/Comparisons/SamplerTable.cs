namespace Sweeps.Benchmarks.Comparisons;

/// <summary>The table of <see cref="SamplerComparison"/>.</summary>
internal sealed class SamplerTable(TextWriter output)
{
    private readonly PlainTable table = new(
        output, new("what", -5), new("threads", 7), new("d", 4), new("side", -19), new("best [s]", 9, "F4"), new("median [s]", 10, "F4"),
        new("M/s", 7, "F1"), new("ratio", 8, "F1"), new("load", 5));

    public void Header() => table.Header();

    /// <param name="what">step, slice or whole.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="dimension">d.</param>
    /// <param name="timing">Who took how long.</param>
    /// <param name="coordinateSteps">For how many coordinate-steps; not a number where these differ.</param>
    /// <param name="ratio">The side's time over ours.</param>
    public void Row(string what, int threads, int dimension, Timing timing, double coordinateSteps, double ratio) => table.Row(
        what, threads, dimension, timing.Name, timing.Best, timing.Median, coordinateSteps / timing.Best / 1e6, ratio, Machine.Load());
}
