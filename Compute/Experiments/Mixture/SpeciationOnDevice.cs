using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// <see cref="SpeciationSimulation"/> on a device: the same tallies, bit for bit where the device rounds correctly, but for a chance of
/// 2⁻⁵² a step and sample in the commitment times. Samples run in waves: a trunk, which leaves its state behind at the branch times, then
/// all branches of all its samples at once. Memory is kept from point to point, so one such object serves all points of a device, for one
/// thread at a time.
/// </summary>
internal sealed class SpeciationOnDevice : IDisposable
{
    private const int Lanes = ReverseSamplerSimd.Lanes;

    /// <summary>Enough to fill the largest device.</summary>
    private const int MostSamples = 1 << 16;

    private readonly IDevice device;
    private readonly IDeviceQueue queue;
    private readonly ReverseSamplerDevice sampler;
    private readonly ReverseCoefficientsDevice coefficientsOnDevice;
    private readonly ReverseRunsDevice runs;
    private readonly SpeciationSumsDevice sums;
    private readonly long largestLaunch;
    private bool holdsMemory;

    /// <param name="device">Where; not owned.</param>
    /// <param name="largestLaunch">Coordinate-steps of one launch; 0: by the device's size.</param>
    /// <exception cref="DeviceException">The driver refuses the kernels, or gives no queue.</exception>
    public SpeciationOnDevice(IDevice device, long largestLaunch = 0)
    {
        this.device = device;
        this.largestLaunch = largestLaunch > 0 ? largestLaunch : LaunchPace.WorkPerUnit * device.Description.ComputeUnits;
        sampler = new(device);
        coefficientsOnDevice = new(device);
        runs = new(device, coefficientsOnDevice);
        sums = new(device);
        queue = device.CreateQueue();
    }

    /// <summary>Most samples of a wave, from what the device's memory has held so far.</summary>
    internal int LargestWave { get; private set; } = MostSamples;

    /// <summary>Runs all samples of a point and adds them up. After an exception the tally is of no use.</summary>
    /// <param name="point">The point.</param>
    /// <param name="coefficients">Its grid and blocks.</param>
    /// <param name="tally">Where to measure, and what comes of it.</param>
    /// <param name="cancellation">Heard between launches.</param>
    /// <exception cref="ArithmeticException">A trajectory left the finite numbers.</exception>
    /// <exception cref="DeviceException">The device failed; out of memory only if it does not hold the smallest wave.</exception>
    public void Run(GaussianMixturePoint point, ReverseCoefficients coefficients, SpeciationTally tally, CancellationToken cancellation)
    {
        long first = 0, samples = tally.Batches.Samples;
        bool isUploaded = false;
        while (first < samples)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(samples - first, WaveSize(coefficients, tally));
            try
            {
                if (!isUploaded) coefficientsOnDevice.Upload(queue, coefficients, point.Mixture.Sigma);
                isUploaded = true;
                Wave(point, tally, first, count, cancellation);
                first += count;
                holdsMemory = true;
            }
            catch (DeviceException e)
                when (e.Cause == DeviceFailure.OutOfMemory && (holdsMemory || count > ReverseRunsDevice.SampleMultiple))
            {
                // What earlier points left may be in the way; only if there is nothing of it, the wave is too large.
                if (!holdsMemory) LargestWave = ReverseRunsDevice.Padded(count / 2);
                ReleaseMemory();
                isUploaded = false;
            }
        }
    }

    public void Dispose()
    {
        ReleaseMemory();
        queue.Dispose();
    }

    private void ReleaseMemory()
    {
        sums.Dispose();
        runs.Dispose();
        coefficientsOnDevice.Dispose();
        holdsMemory = false;
    }

    private void Wave(GaussianMixturePoint point, SpeciationTally tally, long first, int count, CancellationToken cancellation)
    {
        runs.Begin(queue, tally.Branches, count);
        sums.Begin(queue, runs, tally, first, count);
        var pace = new LaunchPace(queue, largestLaunch, cancellation);
        uint block = (uint)(first / Lanes);
        Trunk(pace, point.Stream("trunk"), point.Stream("bridge"), block);
        Branches(pace, point.Stream("branch"), block);
        sums.AddTo(queue, runs, tally, new(point), first, count);
    }

    private void Trunk(LaunchPace pace, RandomStream trunk, RandomStream bridge, uint block)
    {
        int steps = runs.Start(0);
        long coordinates = (long)runs.Samples * runs.Coefficients.Host.Coordinates;
        pace.Before(coordinates);
        sampler.Draw(queue, runs, trunk, block);
        for (int from = steps, to; from > 0; from = to)
        {
            to = from - Math.Min(Math.Min(from, runs.TraceSteps), pace.Steps(coordinates));
            pace.Before(coordinates * (from - to));
            sampler.Advance(queue, runs, 0, 1, steps - from, from - to, trunk, block);
            sums.Observe(queue, runs, from, to);
            sampler.FollowZeros(queue, runs, from, to, bridge, block);
        }
    }

    private void Branches(LaunchPace pace, RandomStream branch, uint block)
    {
        long coordinates = (long)runs.Samples * runs.Coefficients.Host.Coordinates;
        for (int first = 1; first < runs.Rows; first += LaunchGrid.LargestY)
        {
            int rows = Math.Min(runs.Rows - first, LaunchGrid.LargestY);
            for (int done = 0; ;)
            {
                // The longest come first, so those that still run are the first ones.
                while (rows > 0 && runs.Start(first + rows - 1) <= done) rows--;
                if (rows == 0) break;
                int steps = Math.Min(runs.Start(first) - done, pace.Steps(coordinates * rows));
                pace.Before(coordinates * rows * steps);
                sampler.Advance(queue, runs, first, rows, done, steps, branch, block);
                done += steps;
            }
        }
    }

    /// <summary>What memory holds, at most half of it, and so few that a step of all branches is one launch.</summary>
    private int WaveSize(ReverseCoefficients coefficients, SpeciationTally tally)
    {
        var (largest, all) = ReverseRunsDevice.BytesPerSample(coefficients, tally.Branches.Length);
        var (largestOfSums, allOfSums) = SpeciationSumsDevice.BytesPerSample(tally.Observed.Length);
        double fits = Math.Min(
            0.5 * device.Description.MemoryBytes / (all + allOfSums),
            device.Description.LargestAllocation / Math.Max(largest, largestOfSums));
        double brief = (double)largestLaunch / (coefficients.Coordinates * (1.0 + tally.Branches.Length));
        int multiples = (int)(Math.Min(LargestWave, Math.Min(fits, brief)) / ReverseRunsDevice.SampleMultiple);
        return Math.Max(1, multiples) * ReverseRunsDevice.SampleMultiple;
    }
}
