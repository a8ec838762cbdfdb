using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts;

/// <summary>A chunk whose part file is in place.</summary>
/// <param name="Lease">By which it was held.</param>
/// <param name="PointsDone">Points with a row.</param>
/// <param name="PointsFailed">Points without one.</param>
public readonly record struct Completion(LeaseId Lease, long PointsDone, long PointsFailed);
