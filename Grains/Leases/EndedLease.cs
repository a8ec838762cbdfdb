namespace Sweeps.Grains.Leases;

/// <summary>A lease that its worker ended.</summary>
/// <param name="Lease">By which the chunk was held.</param>
/// <param name="IsCompleted">Whether the chunk was settled; else it was handed back, by a release or a failure.</param>
public readonly record struct EndedLease(LeaseId Lease, bool IsCompleted);
