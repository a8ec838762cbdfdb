using Sweeps.Grains.Specs;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Telemetry;

/// <summary>Records what this process does for one sweep, in figures and traces, until it is disposed of.</summary>
public sealed class SweepRecorder : IDisposable
{
    /// <param name="recorders">Of the process.</param>
    /// <param name="sweep">Its id; on one machine the name of its folder.</param>
    /// <param name="spec">What runs.</param>
    public SweepRecorder(Recorders recorders, string sweep, SweepSpec spec)
    {
        (Recorders, Sweep, Experiment) = (recorders, sweep, spec.Experiment.Name);
        Work = recorders.Metrics.Chunks.Work(
            sweep, Experiment, spec.Experiment.Quantities(spec.Measures).Select(quantity => quantity.Name));
    }

    public string Sweep { get; }

    internal Recorders Recorders { get; }

    internal string Experiment { get; }

    internal SweepWork Work { get; }

    /// <param name="number">Of the lane within this process.</param>
    /// <param name="device">What it computes on.</param>
    public LaneRecorder Lane(int number, ILaneDevice device)
    {
        if (device is LaneAuto both) Work.LaneBegins(both.Kind, both.Processor.Kind, both.Accelerator.Kind);
        else Work.LaneBegins(device.Kind, device.Kind);
        return new(this, new LaneLabels(number, device.Kind));
    }

    /// <summary>A part file is in its place.</summary>
    public void Placed(DatasetTable table, long rows, long bytes) => Recorders.Metrics.Datasets.Placed(Sweep, table, rows, bytes);

    public void Dispose() => Work.Dispose();
}
