using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Workers;

/// <summary>The threads of this machine's processor.</summary>
/// <param name="threads">How many.</param>
public sealed class LaneProcessor(int threads) : ILaneDevice
{
    /// <summary>The word in the column <c>device</c>.</summary>
    public const string Device = "cpu";

    public string Name => Device;

    public int Threads => threads;

    public LaneResources ResourcesFor(SweepSpec spec, PointKeys keys, IParallelLoop loop) => new(Device, new(loop));

    public void Dispose()
    {
    }
}
