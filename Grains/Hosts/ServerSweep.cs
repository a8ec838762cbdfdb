using System.Collections.Immutable;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts;

/// <summary>Where a sweep stands on a cluster.</summary>
/// <param name="Id">Name and number, <c>drift-17</c>: also the dataset's folder under the silos' data folder.</param>
/// <param name="SpecJson">The canonical spec.</param>
/// <param name="SpecHash">Its hash.</param>
/// <param name="SoftwareVersion">Of whoever submitted it; only silos of the same minor version work on it.</param>
/// <param name="Stage">Of its dataset.</param>
/// <param name="Points">Points of the grid.</param>
/// <param name="Progress">Chunks and points by stage.</param>
/// <param name="FailureBudget">Points that may fail.</param>
/// <param name="Demands">Priority, lanes, devices.</param>
/// <param name="Lanes">Lanes that hold chunks of it now.</param>
/// <param name="PointsPerSecond">Of the chunks that ended in the last minute; null if none did.</param>
/// <param name="Remaining">Predicted by the rate of ended chunks, which cost about the same; null without a rate.</param>
/// <param name="SubmittedAt">Database clock.</param>
/// <param name="EndedAt">When its last chunk ended, or it was cancelled; null while it goes on.</param>
/// <param name="Notes">What keeps silos from it, or went wrong with its dataset; one sentence each, newest first.</param>
public sealed record ServerSweep(
    string Id,
    string SpecJson,
    string SpecHash,
    string SoftwareVersion,
    DatasetStage Stage,
    long Points,
    LedgerProgress Progress,
    long FailureBudget,
    SweepDemands Demands,
    int Lanes,
    double? PointsPerSecond,
    TimeSpan? Remaining,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt,
    ImmutableArray<string> Notes);
