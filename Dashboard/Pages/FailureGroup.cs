using System.Collections.Immutable;

namespace Sweeps.Dashboard.Pages;

/// <summary>Points that failed for what looks like one cause.</summary>
/// <param name="Error">Kind of the error.</param>
/// <param name="Cause">What one of them said.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">Some of them.</param>
public sealed record FailureGroup(string Error, string Cause, long Count, ImmutableArray<long> Examples);
