using Sweeps.Compute.Models;

namespace Sweeps.Compute.Schedules;

/// <summary>
/// The increasing map t(s) from s ∈ [0, 1] to OU time, and the grid of an N-step sampler that follows from it. Immutable.
/// </summary>
public abstract class Schedule(double horizon)
{
    public abstract ScheduleKind Kind { get; }

    /// <summary>T = t(1), where the reverse process starts.</summary>
    public double Horizon { get; } = double.IsFinite(horizon) && horizon > 0
        ? horizon
        : throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "the horizon must be finite and above 0");

    /// <summary>The schedule of a kind.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="horizon">T for those that take one (<see cref="ScheduleWords.TakesHorizon"/>), null for the others.</param>
    /// <param name="mixture">The data law, which <c>entropy-aware</c> follows.</param>
    /// <exception cref="ArgumentException">A horizon is missing, or given where it can have no effect.</exception>
    public static Schedule Create(ScheduleKind kind, double? horizon, GaussianMixture mixture)
    {
        if (kind.TakesHorizon() != horizon.HasValue)
            throw new ArgumentException(
                $"schedule '{kind.Word()}' " + (horizon.HasValue ? "has a horizon of its own; leave it out" : "needs a horizon"),
                nameof(horizon));
        return kind switch
        {
            ScheduleKind.Ou => new OuSchedule(horizon!.Value),
            ScheduleKind.VpLinear => new VpLinearSchedule(),
            ScheduleKind.Cosine => new CosineSchedule(),
            ScheduleKind.Edm => new EdmSchedule(),
            ScheduleKind.EntropyAware => new EntropyAwareSchedule(mixture, horizon!.Value),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such schedule"),
        };
    }

    /// <summary>t(s); exactly T at s = 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">s is outside [0, 1].</exception>
    public double TimeAt(double s)
    {
        if (!(s >= 0 && s <= 1)) throw new ArgumentOutOfRangeException(nameof(s), s, "schedule time runs from 0 to 1");
        return s == 1 ? Horizon : Time(s);
    }

    /// <summary>s(t), the inverse, to 1e-10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">t is outside [0, T].</exception>
    public double PositionAt(double t)
    {
        if (!(t >= 0 && t <= Horizon)) throw new ArgumentOutOfRangeException(nameof(t), t, $"the schedule runs from 0 to {Horizon:R}");
        return t == Horizon ? 1 : Math.Clamp(Position(t), 0, 1);
    }

    /// <summary>The times t_0 = 0 &lt; … &lt; t_N = T of a sampler with N steps: t_k = t(k/N), but for <see cref="EdmSchedule"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one step.</exception>
    public virtual double[] Grid(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var grid = new double[steps + 1];
        for (int k = 1; k <= steps; k++) grid[k] = TimeAt(k / (double)steps);
        return grid;
    }

    /// <summary>t(s) for 0 ≤ s &lt; 1.</summary>
    protected abstract double Time(double s);

    /// <summary>s(t) for 0 ≤ t &lt; T; rounding beyond [0, 1] is cut off by the caller.</summary>
    protected abstract double Position(double t);
}
