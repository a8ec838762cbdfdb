using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// The fused empirical score (physics §4) for U = I at one time, as an experiment runs it: each thread takes a batch of 128 queries against
/// its own 20 000 training points, which are made on the way. Counts the two inner products of every query with every training point, 4 M n
/// d operations, and nothing else; making the points and the softmax are what keeps it from the peak.
/// </summary>
internal sealed class ScoreRate(int dimension) : IKernelRate
{
    private const int TrainingSize = 20_000;

    // A batch of an experiment with the default 4096 samples.
    private const int Queries = 128;

    public string Name => FormattableString.Invariant($"score.d{dimension}.gflops");

    public string Description => FormattableString.Invariant($"score, d = {dimension}, n = {TrainingSize:# ##0}");

    public string Unit => "GFLOP/s";

    public double UnitSize => 1e9;

    public string? FractionName => FormattableString.Invariant($"score.d{dimension}.fraction");

    public IKernelWork Prepare(int thread, int threads) => new Work(dimension, TrainingSize, Queries, (uint)thread);

    internal sealed class Work : IKernelWork
    {
        private readonly long trainingPoints;

        public Work(int dimension, long trainingPoints, int queries, uint replica)
        {
            this.trainingPoints = trainingPoints;
            Mixture = new(dimension, 1, 1, 1, 0, ModeDirection.Slowest);
            Blocks = new(Mixture);
            Training = new(TrainingPoints.Mode(Mixture, Blocks), Mixture.Sigma, RandomStream.Of(1, "bench\n", "training"), replica);
            Set = new(Training, trainingPoints, queries, RandomStream.Of(1, "bench\n", "queries"), replica);
        }

        public long UnitsOfWork => 4L * Set.Count * trainingPoints * Training.Dimension;

        internal static double[] Times => [1];

        internal GaussianMixture Mixture { get; }

        internal MixtureBlocks Blocks { get; }

        internal TrainingPoints Training { get; }

        internal QuerySet Set { get; }

        /// <summary>What the last run found.</summary>
        internal ScoreStatistics? Found { get; private set; }

        public void Run() => Found = EmpiricalScoreSimd.Run(Mixture, Blocks, Training, trainingPoints, Set, Times);

        public void Dispose()
        {
            // arrays of the collected heap
        }
    }
}
