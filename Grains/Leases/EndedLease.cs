namespace Sweeps.Grains.Leases;

/// <summary>A lease that its worker ended by a completion or a release.</summary>
/// <param name="Lease">By which the chunk was held.</param>
/// <param name="Points">Points done and failed, as completed; null for a release.</param>
public readonly record struct EndedLease(LeaseId Lease, CompletedPoints? Points);

/// <summary>What became of a chunk's points.</summary>
/// <param name="Done">Points with a row.</param>
/// <param name="Failed">Points without one.</param>
public readonly record struct CompletedPoints(long Done, long Failed);
