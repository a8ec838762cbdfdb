namespace Sweeps.Compute.Schedules;

/// <summary><c>ou</c>: t = T s, equal steps of OU time.</summary>
public sealed class OuSchedule(double horizon) : Schedule(horizon)
{
    public override ScheduleKind Kind => ScheduleKind.Ou;

    protected override double Time(double s) => Horizon * s;

    protected override double Position(double t) => t / Horizon;
}
