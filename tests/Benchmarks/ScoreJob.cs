using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Benchmarks;

/// <summary>
/// Our side of the complete empirical-score job: from the raw arrays of <see cref="ScoreInputs"/> to a <see cref="ScoreOutcome"/>, packing
/// included. The one place where a kernel is plugged in.
/// </summary>
/// <remarks>
/// Drives <see cref="IsotropicScore"/>, which takes a query apart as planted point and noise: two products per query and training point,
/// no arg-max and no weighted mean. Both add up to 4 M n d operations, but they are not the same operations; <see cref="Shortfall"/> says
/// so in the tables. Queries are halved for two threads, so each half packs the data once more.
/// </remarks>
internal sealed class ScoreJob
{
    private readonly ScoreInputs inputs;
    private readonly int threads;

    public ScoreJob(ScoreInputs inputs, int threads)
    {
        this.inputs = inputs;
        this.threads = threads;
    }

    /// <summary>What the peers do and this does not; null for nothing.</summary>
    public static string? Shortfall => "two products instead of product and weighted mean; no arg-max";

    /// <summary>The product with the data and the weighted mean of it: 2 M n d each.</summary>
    public double FloatingPointOperations => 4.0 * inputs.QueryCount * inputs.PointCount * inputs.Dimension;

    public ScoreOutcome Run()
    {
        var statistics = new ScoreStatistics[inputs.Parts.Length];
        Parallel.For(0, inputs.Parts.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            using var form = new IsotropicScore(inputs.Dimension, inputs.Parts[part], [inputs.Time]);
            int d = inputs.Dimension;
            var rows = new float[DataTile.Rows * d];
            for (int first = 0; first < inputs.PointCount; first += DataTile.Rows)
            {
                int count = Math.Min(DataTile.Rows, inputs.PointCount - first);
                inputs.Data.AsSpan(first * d, count * d).CopyTo(rows);
                form.Add(rows, [], count);
            }
            statistics[part] = form.Finish();
        });
        double half = 0;
        foreach (QuerySet part in inputs.Parts)
            foreach (float z in part.Noise) half += 0.5 * z * z;
        double Mean(Func<ScoreStatistics, double[]> sums) => statistics.Sum(one => sums(one)[0]) / inputs.QueryCount;
        return new(
            Mean(s => s.LogSum) - half / inputs.QueryCount, Mean(s => s.Participation), Mean(s => s.LargestWeight), null, null);
    }
}
