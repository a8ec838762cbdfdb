using System.Collections.Immutable;
using System.ComponentModel;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>All that is known of a sweep, the members of <c>sweeps status --json</c>.</summary>
internal sealed record SweepDetailsBody : SweepBody
{
    [Description("Null if this version cannot read the spec.")]
    public required string? Name { get; init; }

    [Description("Null if this version cannot read the spec.")]
    public required string? Experiment { get; init; }

    [Description("Where its dataset is, on the machines of silos.")]
    public required ImmutableArray<string> DatasetFolders { get; init; }

    [Description("What happened to chunks, the newest hundred.")]
    public required ImmutableArray<EvidenceBody> Evidence { get; init; }
}
