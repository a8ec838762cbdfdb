namespace Sweeps.Grains.Leases;

/// <summary>A lease that its worker ended.</summary>
/// <param name="Lease">By which the chunk was held.</param>
/// <param name="Points">As completed; null if the chunk was handed back, by a release or a failure.</param>
public readonly record struct EndedLease(LeaseId Lease, CompletedPoints? Points);

/// <summary>What became of a chunk's points.</summary>
/// <param name="Done">Points with a row.</param>
/// <param name="Failed">Points without one.</param>
public readonly record struct CompletedPoints(long Done, long Failed);
