using Sweeps.Compute.Estimators;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// Runs of the reverse process under the empirical score: in each of the 32 batches, with its own training set, a trunk from T to 0 and, at
/// the branch times, an independent copy that runs to 0 from the same x_t. A branch runs as soon as the trunk reaches it, so two states are
/// all a batch needs.
/// </summary>
internal sealed class MemorisationSimulation
{
    /// <summary>
    /// A sample counts as memorised if the nearest training point is closer than this share of the distance to the second nearest.
    /// </summary>
    private const double MemorisedRatio = 1.0 / 3;

    private readonly GaussianMixturePoint point;
    private readonly double[] grid;
    private readonly IMixtureKernels kernels;
    private readonly TrainingSets training;
    private readonly RandomStream trunk;
    private readonly RandomStream branch;

    public MemorisationSimulation(GaussianMixturePoint point, double[] grid, IMixtureKernels kernels)
    {
        this.point = point;
        this.grid = grid;
        this.kernels = kernels;
        training = new(point);
        trunk = point.Stream("memorised-trunk");
        branch = point.Stream("memorised-branch");
        Batches = new(point.Samples);
    }

    public Batches Batches { get; }

    /// <summary>
    /// Runs all batches with branches at the given grid indices; a branch's numbers do not depend on which others there are.
    /// </summary>
    public MemorisationTally Run(int[] branches, IParallelLoop loop, CancellationToken cancellation)
    {
        var tally = new MemorisationTally(branches);
        loop.For(Batches.Count, batch => RunBatch(tally, batch, cancellation));
        return tally;
    }

    private void RunBatch(MemorisationTally tally, int batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        uint replica = (uint)batch;
        int samples = checked((int)Batches.Size(batch)), steps = grid.Length - 1, dimension = checked((int)point.Mixture.Dimension);
        using IEmpiricalSampler reverse = kernels.EmpiricalSampler(
            point.Mixture, training.Blocks, training.Of(replica), checked((int)point.TrainingPoints), grid);
        using var x = new SampleBlocks(samples, dimension);
        using var copy = new SampleBlocks(samples, dimension);
        var branchEnds = new int[tally.Branches.Length][];
        var ratios = new double[samples];
        reverse.Draw(x, trunk.At(replica, 2), trunk.At(replica, 1));
        int k = steps;
        for (int b = branchEnds.Length - 1; b >= 0; b--)
        {
            int at = tally.Branches[b];
            reverse.Advance(x, steps, k, at, trunk.At(replica), cancellation);
            k = at;
            copy.CopyFrom(x);
            reverse.Advance(copy, at, at, 0, branch.At(replica, (uint)at), cancellation);
            branchEnds[b] = Ends(reverse, copy, ratios);
        }
        reverse.Advance(x, steps, k, 0, trunk.At(replica), cancellation);
        int[] trunkEnds = Ends(reverse, x, ratios);
        tally.Memorised[batch] = ratios.Count(ratio => ratio < MemorisedRatio);
        for (int b = 0; b < branchEnds.Length; b++)
            tally.Same(tally.Branches[b])[batch] = trunkEnds.Zip(branchEnds[b]).Count(pair => pair.First == pair.Second);
    }

    private int[] Ends(IEmpiricalSampler reverse, SampleBlocks x, double[] ratios)
    {
        for (int sample = 0; sample < x.Count; sample++)
            for (int i = 0; i < x.Dimension; i++)
                if (!float.IsFinite(x[sample, i])) throw UnstableRun.Of(point.Schedule.Kind);
        var nearest = new int[x.Count];
        reverse.Nearest(x, nearest, ratios);
        return nearest;
    }
}
