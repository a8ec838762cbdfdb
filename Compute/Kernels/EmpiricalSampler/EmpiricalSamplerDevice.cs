using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>
/// The reverse process under the empirical score on a device; the score is <see cref="EmpiricalScoreDevice"/>. Samples stay there for a
/// whole <see cref="Advance"/>.
/// </summary>
internal sealed class EmpiricalSamplerDevice : IEmpiricalSampler
{
    private const int Lanes = SampleBlocks.Lanes;
    private readonly DeviceArrays owned;
    private readonly IDevice device;
    private readonly IDeviceQueue queue;
    private readonly IDeviceKernel step;
    private readonly WorkingMemory memory;
    private readonly MixtureBlocks blocks;
    private readonly double sigma;
    private readonly double[] grid;
    private readonly TrainingPoints training;
    private readonly TrainingSetDevice data;
    private readonly EmpiricalScoreDevice score;
    private readonly DeviceArray<float> matrices;

    /// <param name="device">Where.</param>
    /// <param name="mixture">The data law.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n ≥ 1; all are held in the device's memory.</param>
    /// <param name="grid">Time grid, ascending from t_0 = 0.</param>
    /// <exception cref="DeviceException">The points do not fit, or the driver refuses a text.</exception>
    public EmpiricalSamplerDevice(
        IDevice device, GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid)
    {
        (this.device, this.training, this.grid, sigma) = (device, training, grid, mixture.Sigma);
        this.blocks = mixture.IsIsotropic ? MixtureBlocks.Isotropic(training.Dimension) : blocks;
        memory = new(device.Description);
        owned = new(device);
        try
        {
            queue = owned.Add(device.CreateQueue());
            step = device.Load(DeviceText.Of("Kernels/EmpiricalSampler/EmpiricalSampler.cl")).Kernel("empirical_step");
            data = owned.Add(new TrainingSetDevice(device, queue, training, trainingPoints));
            score = owned.Add(new EmpiricalScoreDevice(device, queue, data, memory));
            matrices = owned.Of<float>(4L * training.Dimension);
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    public void Draw(SampleBlocks x, RandomStream indices, RandomStream noise) =>
        new EmpiricalStart(blocks, sigma, grid[^1]).Draw(x, training, data.Count, indices, noise);

    public void Advance(SampleBlocks x, int origin, int from, int to, RandomStream noise, CancellationToken cancellation)
    {
        if (from == to) return;
        int d = x.Dimension, pairs = blocks.Pairs.Length;
        var packed = new float[4 * d];
        using var own = new DeviceArrays(device);
        DeviceArray<float> state = own.Of<float>(x.All.Length), means = own.Of<float>(state.Length);
        state.Write(queue, x.All);
        ulong threads = (ulong)x.Blocks * (ulong)(d - pairs) * Lanes;
        for (int k = from; k > to; k--)
        {
            double dt = grid[k] - grid[k - 1];
            score.Evaluate(new(blocks, sigma, training.ModeVector, grid[k]), state, x.Blocks, means, null, cancellation);
            PackStep(k, dt, packed);
            matrices.Write(queue, packed);
            queue.Launch(
                step, LaunchGrid.Covering(threads, step), state, means, matrices, (ulong)(origin - k) * (ulong)x.Blocks * (ulong)d, threads,
                (float)Math.Sqrt(2 * dt), d, pairs, noise.Key0, noise.Key1, noise.Upper0, noise.Upper1);
        }
        state.Read(queue, x.All);
    }

    public void Nearest(SampleBlocks x, Span<int> nearest, Span<double> ratio)
    {
        using var state = new DeviceArray<float>(device, x.All.Length);
        state.Write(queue, x.All);
        var (first, second) = new NearestPointsDevice(device, queue, data, memory).Find(state, x.Blocks);
        var settlement = new NearestOfTwo(training, data.Count);
        for (int q = 0; q < x.Count; q++) (nearest[q], ratio[q]) = settlement.Settle(x, q, Index(first[q]), Index(second[q]));

        int Index(int place) => place < 0 ? -1 : data.IndexOf(place);
    }

    public void Dispose() => owned.Dispose();

    /// <summary>M and G of the step that leaves index k, by rows, [4][d].</summary>
    private void PackStep(int k, double dt, Span<float> packed)
    {
        CoordinateBlock[] all = [.. blocks.Pairs, .. blocks.Singles];
        var (stay, pull) = (new Matrix2[all.Length], new Matrix2[all.Length]);
        for (int i = 0; i < all.Length; i++)
        {
            var moments = new BlockMoments(all[i], sigma, grid[k]);
            Matrix2 precision = moments.NoiseCovariance.Inverse();
            stay[i] = Matrix2.Identity + dt * (all[i].Drift - 2 * precision);
            pull[i] = 2 * dt * (precision * moments.Propagator);
        }
        new BlockMatrix(blocks, stay).Rows(packed[..(packed.Length / 2)]);
        new BlockMatrix(blocks, pull).Rows(packed[(packed.Length / 2)..]);
    }
}
