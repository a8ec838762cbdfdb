namespace Sweeps.Simulation.Servers;

/// <summary>The row of <c>sweeps.term</c>, by the statements <c>take-term</c>, <c>renew-term</c> and <c>end-term</c>.</summary>
internal sealed class SimulatedTerm
{
    private const double Duration = 5;

    private string? holder;
    private long epoch;
    private double expiresAt;

    public bool IsFreeAt(double now) => holder is null || expiresAt <= now;

    public long Take(string silo, double now)
    {
        (holder, expiresAt) = (silo, now + Duration);
        return ++epoch;
    }

    public bool Renew(string silo, long term, double now)
    {
        if (!IsHeld(silo, term, now)) return false;
        expiresAt = now + Duration;
        return true;
    }

    public bool End(string silo, long term, double now)
    {
        if (!IsHeld(silo, term, now)) return false;
        holder = null;
        return true;
    }

    private bool IsHeld(string silo, long term, double now) => holder == silo && epoch == term && expiresAt > now;
}
