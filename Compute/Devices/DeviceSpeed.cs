using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Compute.Devices;

/// <summary>How fast a device is at what experiments do most.</summary>
/// <param name="ScoreFlops">Floating-point operations per second of the empirical score, d = 256.</param>
/// <param name="CoordinateSteps">Coordinate-steps per second of the reverse sampler, d = 256.</param>
public sealed record DeviceSpeed(double ScoreFlops, double CoordinateSteps)
{
    /// <summary>Measures both once, after a run that compiles and warms up; a fraction of a second on a GPU.</summary>
    /// <param name="device">The device, otherwise idle.</param>
    /// <param name="clock">Measures the time.</param>
    /// <exception cref="DeviceException">The device failed.</exception>
    public static DeviceSpeed Of(ComputeDevice device, TimeProvider clock)
    {
        return new(Rate(new ScoreDeviceRate(device.Inner, 256)), Rate(new SamplerDeviceRate(device.Inner)));

        double Rate(IKernelRate rate)
        {
            using IKernelWork work = rate.Prepare(0, 1);
            work.Run();
            long start = clock.GetTimestamp();
            work.Run();
            return work.UnitsOfWork / clock.GetElapsedTime(start).TotalSeconds;
        }
    }
}
