using System.ComponentModel;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>What a sweep would be, the members of <c>sweeps plan --json</c>.</summary>
internal sealed record PlanBody
{
    public required string Name { get; init; }

    public required string Experiment { get; init; }

    public required string Hash { get; init; }

    [Description("Number of values by axis.")]
    public required IReadOnlyDictionary<string, int> Axes { get; init; }

    public required long Points { get; init; }

    public required int Chunks { get; init; }

    [Description("Seconds of one core of a 2026 server.")]
    public required double PredictedCoreSeconds { get; init; }

    public required int Threads { get; init; }

    public required double PredictedSeconds { get; init; }

    public required long PointRows { get; init; }

    public required double CurveRowsAtMost { get; init; }

    public required double BytesAbout { get; init; }
}
