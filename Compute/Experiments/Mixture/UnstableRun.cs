using System.Globalization;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Schedules;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>The failure of a point whose steps are too coarse to say anything, with what can be done about it.</summary>
internal static class UnstableRun
{
    /// <summary>
    /// Largest <see cref="ReverseCoefficients.Inflation"/> with which anything is reported: trajectories twice as wide as they should be.
    /// Steps that are merely coarse bias what is measured, and its z-score shows it; those that diverge leave nothing of the model in it. They
    /// diverge for <c>dt (1 + ω²) &gt; 2</c>, ω = √(γ² − 1) (κ − 1)/(κ + 1), and without drift for dt above 2.
    /// </summary>
    private const double MostInflation = 4;

    /// <summary>Before a run: that its steps do not inflate the variance beyond use.</summary>
    /// <exception cref="ArithmeticException">They do.</exception>
    public static void RefuseIn(ReverseCoefficients coefficients, ScheduleKind schedule)
    {
        if (coefficients.Inflation <= MostInflation) return;
        throw new ArithmeticException(string.Create(
            CultureInfo.InvariantCulture,
            $"the steps are so coarse that the variance of reverse trajectories is {coefficients.Inflation:g2} times what it should be; "
            + $"{Remedy(schedule)} it right"));
    }

    /// <param name="schedule">Decides whether a smaller horizon is to be had.</param>
    public static ArithmeticException Of(ScheduleKind schedule) => new(
        $"a reverse trajectory left the finite numbers; {Remedy(schedule)} it stable");

    private static string Remedy(ScheduleKind schedule) => $"more steps{(schedule.TakesHorizon() ? ", or a smaller horizon, keep" : " keep")}";
}
