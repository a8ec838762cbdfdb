using System.Collections.Immutable;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>A key that takes several values in a sweep.</summary>
/// <param name="Name">The experiment's key.</param>
/// <param name="Values">At least one, no value twice, in grid order.</param>
public sealed record Axis(string Name, ImmutableArray<KeyValue> Values);
