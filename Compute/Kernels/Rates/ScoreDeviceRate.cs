using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// The empirical score (physics §4) at one time on a device: 8192 queries and 20 000 training points (fewer on a processor), both there
/// already, to weighted means there and to log-sum, participation, largest weight and its index here. Counts 4 M n d operations, as <see
/// cref="ScoreRate"/> does; each thread has a queue.
/// </summary>
internal sealed class ScoreDeviceRate(IDevice device, int dimension, ProductUnits units = ProductUnits.Ordinary) : IKernelRate
{
    /// <summary>Enough to fill the largest devices many times; a processor behind a driver would take minutes.</summary>
    private readonly int queries = device.Description.IsProcessor ? 128 : 8192;

    private readonly int trainingPoints = device.Description.IsProcessor ? 2000 : 20_000;

    public string Name => FormattableString.Invariant($"score.{Form}d{dimension}.gflops");

    /// <summary>None for tensor units, whose peak is another.</summary>
    public string? FractionName => units == ProductUnits.Tensor ? null : FormattableString.Invariant($"score.d{dimension}.fraction");

    public string Description => FormattableString.Invariant(
        $"score{(units == ProductUnits.Tensor ? " by tensor units" : "")}, d = {dimension}, n = {trainingPoints}, M = {queries}");

    public string Unit => "GFLOP/s";

    public double UnitSize => 1e9;

    private string Form => units == ProductUnits.Tensor ? "tensor." : "";

    public IKernelWork Prepare(int thread, int threads) => new Work(device, dimension, trainingPoints, queries, (uint)thread, units);

    internal sealed class Work : IKernelWork
    {
        private readonly DeviceArrays owned;
        private readonly EmpiricalScoreDevice score;
        private readonly DeviceArray<float> queries;
        private readonly DeviceArray<float> means;
        private readonly ScoreFrame frame;
        private readonly int blocks;
        private readonly int dimension;
        private readonly int trainingPoints;

        public Work(IDevice device, int dimension, int trainingPoints, int count, uint replica, ProductUnits units = ProductUnits.Ordinary)
        {
            (this.dimension, this.trainingPoints) = (dimension, trainingPoints);
            blocks = (count + SampleBlocks.Lanes - 1) / SampleBlocks.Lanes;
            RandomStream stream = RandomStream.Of(1, "bench\n", "score").At(replica);
            frame = new(MixtureBlocks.Isotropic(dimension), 1, new float[dimension], ScoreRate.Work.Time);
            Statistics = new(count);
            owned = new(device);
            try
            {
                Queue = owned.Add(device.CreateQueue());
                var normals = new NormalsDevice(device);
                var points = new float[(long)trainingPoints * dimension];
                NormalsSimd.Fill(stream, 0, points);
                var data = owned.Add(new TrainingSetDevice(device, Queue, points, dimension));
                score = owned.Add(new EmpiricalScoreDevice(device, Queue, data, new(device.Description), units));
                queries = owned.Of<float>((long)blocks * SampleBlocks.Lanes * dimension);
                means = owned.Of<float>(queries.Length);
                normals.Fill(Queue, stream.At(0, 1), 0, queries.Length, queries);
            }
            catch
            {
                owned.Dispose();
                throw;
            }
        }

        public long UnitsOfWork => 4L * Statistics.LogSums.Length * trainingPoints * dimension;

        public IDeviceQueue Queue { get; }

        /// <summary>ā of the last run, [block][d][32].</summary>
        public DeviceArray<float> Means => means;

        public ScoreStatistics Statistics { get; }

        public void Run() => score.Evaluate(frame, queries, blocks, means, Statistics, CancellationToken.None);

        public void Dispose() => owned.Dispose();
    }
}
