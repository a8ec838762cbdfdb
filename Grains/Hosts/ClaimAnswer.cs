using System.Collections.Immutable;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts;

/// <summary>The leases granted, or why there are none.</summary>
public sealed record ClaimAnswer(ImmutableArray<Lease> Leases, Refusal? Refusal);
