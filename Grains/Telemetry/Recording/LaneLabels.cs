using System.Diagnostics.Metrics;
using System.Globalization;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>By what a lane is known.</summary>
public sealed class LaneLabels
{
    private readonly KeyValuePair<string, object?>[] labels;

    /// <param name="lane">Its number within the silo.</param>
    /// <param name="deviceKind"><c>cpu</c>, <c>opencl</c>, <c>cuda</c>; of a lane that chooses for each point, <c>auto</c>.</param>
    public LaneLabels(int lane, string deviceKind)
    {
        DeviceKind = deviceKind;
        labels = [new(MetricLabels.Lane, lane.ToString(CultureInfo.InvariantCulture)), new(MetricLabels.DeviceKind, deviceKind)];
    }

    public string DeviceKind { get; }

    internal ReadOnlySpan<KeyValuePair<string, object?>> All => labels;

    internal Measurement<T> Measure<T>(T value)
        where T : struct => new(value, labels);
}
