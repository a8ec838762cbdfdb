using Sweeps.Simulation.Scheduling;

namespace Sweeps.Simulation.Silos;

/// <summary>The clocks of one machine: a monotonic one that drifts, and one that people set.</summary>
internal sealed class MachineClocks(Timeline timeline, double rate)
{
    private double set;

    /// <summary>Seconds; runs while its processes are stopped.</summary>
    public double Monotonic => timeline.Now * rate;

    public double Wall => Monotonic + set;

    public void Set(double seconds) => set += seconds;
}
