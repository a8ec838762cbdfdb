using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Silo.Tests;

/// <summary>A device on which nothing is measured.</summary>
internal sealed class FakeDevice(string name) : ILaneDevice
{
    public string Name => name;

    public int Threads => 1;

    public LaneResources ResourcesFor(SweepSpec spec, PointKeys keys, IParallelLoop loop) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
