using System.Collections.Immutable;
using System.ComponentModel;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>A page of the list of sweeps.</summary>
internal sealed record SweepPageBody
{
    [Description("Newest first.")]
    public required ImmutableArray<SweepBody> Sweeps { get; init; }

    [Description("Address of the next page; null on the last.")]
    public required string? Next { get; init; }
}
