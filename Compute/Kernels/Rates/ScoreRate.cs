using Sweeps.Compute.Experiments;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// The complete empirical score (physics §4) at one time: each thread takes 1024 queries and 20 000 training points of its own, as plain arrays, to
/// log-sum, participation, largest weight and its index, and weighted mean; packing is part of it. Counts 4 M n d operations, the inner products and
/// the weighted mean, and nothing else. The time is late enough for every point to have weight, so that no tile is passed over.
/// </summary>
internal sealed class ScoreRate(int dimension) : IKernelRate
{
    private const int TrainingSize = 20_000;

    private const int Queries = 1024;

    public string Name => FormattableString.Invariant($"score.d{dimension}.gflops");

    public string Description => FormattableString.Invariant($"score, d = {dimension}, n = {TrainingSize:# ##0}");

    public string Unit => "GFLOP/s";

    public double UnitSize => 1e9;

    public string? FractionName => FormattableString.Invariant($"score.d{dimension}.fraction");

    public IKernelWork Prepare(int thread, int threads) => new Work(dimension, TrainingSize, Queries, (uint)thread);

    internal sealed unsafe class Work : IKernelWork
    {
        public const double Time = 4;
        private readonly int dimension;
        private readonly SampleBlocks queries;
        private readonly SampleBlocks means;

        public Work(int dimension, int trainingPoints, int count, uint replica)
        {
            this.dimension = dimension;
            RandomStream stream = RandomStream.Of(1, "bench\n", "score").At(replica);
            Points = new float[(long)trainingPoints * dimension];
            NormalsSimd.Fill(stream, 0, Points);
            queries = new(count, dimension);
            means = new(count, dimension);
            NormalsSimd.FillGroups(stream.At(0, 1), 0, queries.Block(0), (long)queries.Blocks * dimension);
            (LogSums, Participations, LargestWeights, LargestIndices) = (new double[count], new double[count], new double[count], new int[count]);
        }

        public long UnitsOfWork => 4L * queries.Count * Points.Length;

        /// <summary>Training points, [n][d].</summary>
        public float[] Points { get; }

        public SampleBlocks Queries => queries;

        public SampleBlocks Means => means;

        public double[] LogSums { get; }

        public double[] Participations { get; }

        public double[] LargestWeights { get; }

        public int[] LargestIndices { get; }

        public void Run()
        {
            using var data = new TrainingSet(Points, dimension, SequentialLoop.Instance);
            using var score = new EmpiricalScoreSimd(data, queries.Blocks);
            score.Evaluate(new(MixtureBlocks.Isotropic(dimension), 1, data.ModeVector, Time), queries.Block(0), CancellationToken.None);
            for (int block = 0; block < queries.Blocks; block++) score.Mean(block, means.Block(block));
            for (int q = 0; q < queries.Count; q++)
            {
                LogSums[q] = score.LogSum(q);
                Participations[q] = score.Participation(q);
                LargestWeights[q] = score.LargestWeight(q);
                LargestIndices[q] = score.LargestIndex(q);
            }
        }

        public void Dispose()
        {
            queries.Dispose();
            means.Dispose();
        }
    }
}
