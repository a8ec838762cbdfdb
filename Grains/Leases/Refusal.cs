namespace Sweeps.Grains.Leases;

/// <summary>Why a ledger does not do what an event asks.</summary>
public enum Refusal
{
    /// <summary>Nobody holds the chunk: the lease expired, ended, or never was.</summary>
    UnknownLease,

    /// <summary>The chunk has been granted again since, or not yet.</summary>
    StaleEpoch,

    /// <summary>The token is not the grant's.</summary>
    WrongToken,

    /// <summary>Points done and failed are not as many as the chunk has.</summary>
    PointsDisagree,

    /// <summary>Every chunk is leased or has ended.</summary>
    NothingWaiting,

    /// <summary>The grid has grown since the asker opened the sweep.</summary>
    PlanChanged,

    /// <summary>The dataset is being worked on as a whole: ask again later.</summary>
    Busy,

    Paused,
    Cancelled,
    Completed,
    OverBudget,
}
