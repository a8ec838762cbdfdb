namespace Sweeps.Simulation.Judging;

/// <summary>The first thing that must never happen and did; null as long as there is none.</summary>
internal sealed class Verdict
{
    public string? Violation { get; private set; }

    public void Require(bool holds, string otherwise)
    {
        if (!holds) Violation ??= otherwise;
    }

    public void Fail(string violation) => Violation ??= violation;
}
