using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// <see cref="SamplerRate"/> on a device: the reverse sampler on all d coordinates of the mixture with |m|² = d, as many samples as fill
/// it. A unit of work is one step of one coordinate of one sample; the draw of x_T, a hundredth of the time, is not counted.
/// </summary>
/// <param name="device">Where; the work holds a queue and memory of its own on it.</param>
internal sealed class SamplerDeviceRate(IDevice device) : IKernelRate
{
    private const int Dimension = 256;
    private const int Steps = 100;

    public string Name => "sampler_coordinate_steps_per_s";

    public string Description => $"reverse sampler, d = {Dimension}";

    public string Unit => "coordinate-steps/s";

    public double UnitSize => 1;

    public IKernelWork Prepare(int thread, int threads) =>
        new Work(device, Dimension, Steps, ReverseRunsDevice.SampleMultiple * device.Description.ComputeUnits, (uint)thread);

    internal sealed class Work : IKernelWork
    {
        private readonly RandomStream stream = RandomStream.Of(1, "bench\n", "trunk");
        private readonly uint replica;
        private readonly ReverseSamplerDevice sampler;
        private readonly ReverseCoefficientsDevice coefficients;

        public Work(IDevice device, int dimension, int steps, int samples, uint replica)
        {
            var mixture = new GaussianMixture(dimension, 1, 1, 1, 0, ModeDirection.Uniform);
            this.replica = replica;
            sampler = new(device);
            Queue = device.CreateQueue();
            coefficients = new(device);
            Runs = new(device, coefficients);
            try
            {
                coefficients.Upload(Queue, new(mixture.AllBlocks, 1, [.. Enumerable.Range(0, steps + 1).Select(k => 0.01 * k)]), 1);
                Runs.Begin(Queue, [], samples);
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public long UnitsOfWork => (long)Runs.Samples * coefficients.Host.Coordinates * coefficients.Host.Steps;

        internal IDeviceQueue Queue { get; }

        internal ReverseRunsDevice Runs { get; }

        /// <summary>From the draw to t = 0.</summary>
        public void Run()
        {
            sampler.Draw(Queue, Runs, stream, replica);
            for (int done = 0; done < coefficients.Host.Steps; done += Runs.TraceSteps)
                sampler.Advance(Queue, Runs, 0, 1, done, Runs.TraceSteps, stream, replica);
            Queue.Finish();
        }

        public void Dispose()
        {
            Runs.Dispose();
            coefficients.Dispose();
            Queue.Dispose();
        }
    }
}
