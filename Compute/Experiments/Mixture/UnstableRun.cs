using Sweeps.Compute.Schedules;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>The failure of a point whose reverse trajectories left the finite numbers, with what can be done about it.</summary>
internal static class UnstableRun
{
    /// <param name="schedule">Decides whether a smaller horizon is to be had.</param>
    public static ArithmeticException Of(ScheduleKind schedule) => new(
        $"a reverse trajectory left the finite numbers; more steps{(schedule.TakesHorizon() ? ", or a smaller horizon, keep" : " keep")} it stable");
}
