using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Workers;

/// <summary>What points are measured with, until it is disposed of.</summary>
/// <param name="device">The word in the column <c>device</c>.</param>
/// <param name="resources">Threads, and a device's session.</param>
/// <param name="lose">Called where the device was lost; says how often that has happened.</param>
/// <param name="giveBack">Called at the end.</param>
public sealed class LaneResources(string device, ComputeResources resources, Func<int>? lose = null, Action? giveBack = null) : IDisposable
{
    public string Device => device;

    public ComputeResources Resources => resources;

    /// <summary>The device was lost: whoever asks next gets it opened anew.</summary>
    /// <returns>How often it has been lost; of several threads that lost the same, one counts.</returns>
    public int Lose() => lose?.Invoke() ?? throw new InvalidOperationException($"{device} cannot be lost");

    public void Dispose() => giveBack?.Invoke();
}
