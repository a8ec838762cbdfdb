using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts;

/// <summary>What a cluster says to a request.</summary>
public abstract record ServerAnswer
{
    private ServerAnswer()
    {
    }

    public sealed record Done : ServerAnswer;

    /// <summary>There is no such sweep.</summary>
    public sealed record Unknown : ServerAnswer;

    /// <summary>The sweep is in no state for it.</summary>
    public sealed record Refused(Refusal Reason) : ServerAnswer;
}
