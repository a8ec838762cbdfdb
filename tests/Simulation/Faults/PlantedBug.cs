namespace Sweeps.Simulation.Faults;

/// <summary>Mistakes that somebody could make in the protocol; the simulation must notice each.</summary>
internal enum PlantedBug
{
    None,

    /// <summary>A completion counts whoever holds the chunk by now.</summary>
    EpochUnchecked,

    /// <summary>The loss of a silo counts as if the chunks in its hands had taken down processes of their own.</summary>
    LossesBlamedOnChunks,

    /// <summary>Parts are placed with their bytes in memory alone.</summary>
    PlacedBeforeFlush,

    /// <summary>The commit comes before what belongs to it.</summary>
    PointsBeforeCurves,

    /// <summary>Whether a renewal is due is asked of a clock that people set.</summary>
    RenewalsByWallClock,

    /// <summary>Parts go into whatever is called <c>points</c> at that moment.</summary>
    PlacedByPath,

    /// <summary>A second part takes the place of the first.</summary>
    LinkReplaces,

    /// <summary>The server hears of a part whose name a loss of power takes back.</summary>
    CompletedBeforeFolderSync,

    /// <summary>Two workers on one chunk stage under one name.</summary>
    StagedWithoutEpoch,

    /// <summary>A new term leaves the folders of earlier ones where they are.</summary>
    TermWithoutFence,

    /// <summary>Given-up chunks get their failures, and no part that keeps late workers from committing.</summary>
    GivenUpWithoutPart,

    /// <summary>Each table of an extension is written from the parts that are there at that moment.</summary>
    ExtendedTableByTable,

    /// <summary>A preparer that finds the folder made does not see to it that its names are safe.</summary>
    AdoptedWithoutSync,

    /// <summary>A sweep whose end was interrupted between the part of a given-up chunk and its failures cannot be extended.</summary>
    HalfEndNotExtended,

    /// <summary>An extension keeps the curves that a late worker left beside the part of a given-up chunk.</summary>
    CurvesOfGivenUpExtended,
}
