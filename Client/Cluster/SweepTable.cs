using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary>Sweeps of a cluster, a row each; what matters most comes first, for narrow terminals.</summary>
internal static class SweepTable
{
    private static readonly string[] Headers = ["id", "state", "points", "failed", "rate", "left", "lanes", "priority", "submitted"];

    public static void Write(Terminal terminal, IEnumerable<ServerSweep> sweeps)
    {
        var leftOut = TextTable.WriteFitting(terminal, Headers, [.. sweeps.Select(Row)], column => column is >= 2 and <= 7);
        if (leftOut.Count > 0) terminal.Say($"too wide for this terminal: {string.Join(", ", leftOut)}; see them with --json");
    }

    private static string[] Row(ServerSweep sweep) =>
    [
        Shown.OneLine(sweep.Id),
        // Failures have a column of their own.
        (sweep.State() is SweepState.CompleteWithFailures ? SweepState.Complete : sweep.State()).Word(),
        $"{Numbers.Count(sweep.Progress.PointsDone)} of {Numbers.Count(sweep.Points)}",
        Numbers.Count(sweep.Progress.PointsFailed),
        Numbers.RateOrDash(sweep.PointsPerSecond),
        sweep.Remaining is { } left && !sweep.State().HasEnded() ? Numbers.Duration(left.TotalSeconds) : "–",
        Numbers.Count(sweep.Lanes),
        Numbers.Count(sweep.Demands.Priority),
        UtcTime.Text(sweep.SubmittedAt),
    ];
}
