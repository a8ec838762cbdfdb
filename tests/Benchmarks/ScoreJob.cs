using Sweeps.Compute.Experiments;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Benchmarks;

/// <summary>
/// Our side of the complete empirical-score job: from the raw arrays of <see cref="ScoreInputs"/> to a <see cref="ScoreOutcome"/>, packing
/// included. Threads share the packed data and divide the queries.
/// </summary>
internal sealed unsafe class ScoreJob(ScoreInputs inputs, int threads)
{
    /// <summary>The product with the data and the weighted mean of it: 2 M n d each, also where tiles without weight are passed over.</summary>
    public double FloatingPointOperations => 4.0 * inputs.QueryCount * inputs.PointCount * inputs.Dimension;

    public ScoreOutcome Run()
    {
        using var data = new TrainingSet(inputs.Data, inputs.Dimension, new Loop(threads));
        var frame = new ScoreFrame(MixtureBlocks.Isotropic(inputs.Dimension), 1, data.ModeVector, inputs.Time);
        int blocks = (inputs.QueryCount + SampleBlocks.Lanes - 1) / SampleBlocks.Lanes;
        var parts = new ScoreOutcome[threads];
        new Loop(threads).For(threads, part =>
        {
            int first = blocks * part / threads * SampleBlocks.Lanes, end = Math.Min(inputs.QueryCount, blocks * (part + 1) / threads * SampleBlocks.Lanes);
            if (end > first) parts[part] = Run(data, frame, first, end - first);
        });
        double Sum(Func<ScoreOutcome, double> of) => parts.Sum(of) / inputs.QueryCount;
        return new(
            Sum(part => part.LogSum), Sum(part => part.Participation), Sum(part => part.LargestWeight), parts.Sum(part => part.IndexSum),
            Sum(part => part.MeanSquare) / inputs.Dimension);
    }

    /// <summary>Sums over some of the queries.</summary>
    private ScoreOutcome Run(TrainingSet data, ScoreFrame frame, int first, int count)
    {
        using SampleBlocks x = new(count, inputs.Dimension), means = new(count, inputs.Dimension);
        for (int q = 0; q < count; q++)
            for (int k = 0; k < inputs.Dimension; k++) x[q, k] = inputs.Queries[((long)(first + q) * inputs.Dimension) + k];
        using var score = new EmpiricalScoreSimd(data, x.Blocks);
        score.Evaluate(frame, x.Block(0), CancellationToken.None);
        for (int block = 0; block < means.Blocks; block++) score.Mean(block, means.Block(block));
        double logSum = 0, participation = 0, largest = 0, squares = 0;
        long indices = 0;
        for (int q = 0; q < count; q++)
        {
            logSum += score.LogSum(q);
            participation += score.Participation(q);
            largest += score.LargestWeight(q);
            indices += score.LargestIndex(q);
            for (int k = 0; k < inputs.Dimension; k++) squares += (double)means[q, k] * means[q, k];
        }
        return new(logSum, participation, largest, indices, squares);
    }

    private sealed class Loop(int threads) : IParallelLoop
    {
        public void For(int count, Action<int> body) => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, body);
    }
}
