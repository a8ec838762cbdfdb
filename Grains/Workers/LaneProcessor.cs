using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Workers;

/// <summary>The threads of this machine's processor.</summary>
/// <param name="threads">How many.</param>
public sealed class LaneProcessor(int threads) : ILaneDevice
{
    /// <summary>The word in the column <c>device</c>.</summary>
    public const string Device = "cpu";

    private LaneResources? resources;

    public string Name => Device;

    public int Threads => threads;

    public LaneResources ResourcesFor(SweepSpec spec, PointKeys first, IParallelLoop loop)
    {
        LaneResources? known = resources;
        return known?.Resources.Loop == loop ? known : resources = new(this, Device, new(loop));
    }

    public int Lose(LaneResources lost) => throw new InvalidOperationException("a processor cannot be lost");

    public void Dispose()
    {
    }
}
