using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Cluster;

/// <summary><c>sweeps status</c> of a sweep on a cluster.</summary>
internal sealed class ClusterStatus(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
{
    private const int EvidenceInText = 10, EvidenceInJson = 1000;

    /// <returns>An <see cref="ExitCode"/>.</returns>
    public async Task<int> ShowAsync(ISweepServer server, string id, bool asJson, CancellationToken interruption)
    {
        int most = asJson ? EvidenceInJson : EvidenceInText + 1; // one more, to know whether there are more
        if (await SweepDetails.FindAsync(server, id, most, catalogue, interruption).ConfigureAwait(false) is not { } details)
            return terminal.Refuse(await UnknownSweep.SentenceAsync(server, id, interruption).ConfigureAwait(false));
        if (asJson) JsonText.Write(terminal.Out, writer => ServerJson.Write(writer, details));
        else Write(details);
        return ExitCode.Done;
    }

    private void Write(SweepDetails details)
    {
        var (sweep, progress, demands) = (details.Sweep, details.Sweep.Progress, details.Sweep.Demands);
        string what = details.Spec is { } spec
            ? $"{spec.Experiment.Name}, measuring {string.Join(", ", spec.Measures)}"
            : "of a version that this one cannot read";
        Line("sweep", $"{sweep.Id}: {what}");
        Line("state", sweep.StateInWords());
        Line("points", $"{Numbers.Count(progress.PointsDone)} of {Numbers.Count(sweep.Points)} finished, "
            + $"{Numbers.Count(progress.PointsFailed)} failed; at most {Numbers.Count(sweep.FailureBudget)} may fail");
        Line("chunks", $"{Numbers.Count(progress.Settled)} of {Numbers.Count(progress.Chunks)} settled, "
            + $"{Numbers.Count(progress.Leased)} leased, {Numbers.Count(progress.Waiting)} waiting, "
            + $"{Numbers.Count(progress.Quarantined)} quarantined");
        if (!sweep.State().HasEnded()) Line("rate", Pace(sweep));
        string most = demands.MaximumLanes is { } lanes ? $"at most {Numbers.Count(lanes)}" : "any number";
        Line("lanes", $"{Numbers.Count(sweep.Lanes)} at work, of {most}, {Devices(demands.Device)}");
        Line("priority", Numbers.Count(demands.Priority));
        Line("submitted", $"{UtcTime.Text(sweep.SubmittedAt)}, by version {sweep.SoftwareVersion}");
        if (sweep.EndedAt is { } ended) Line("ended", UtcTime.Text(ended));
        foreach (string folder in details.Folders) Line("dataset", folder);
        if (details.Folders.IsEmpty) Line("dataset", $"{sweep.Id} in the data folder of silos, of which there is none now");
        foreach (string note in sweep.Notes) Line("note", note);
        foreach (var evidence in details.Evidence.Take(EvidenceInText))
            Line("evidence", $"chunk {Numbers.Count(evidence.Chunk)} {evidence.What} on {evidence.Worker}, {UtcTime.Text(evidence.At)}: "
                + evidence.Cause);
        SayMore(details);
    }

    private void SayMore(SweepDetails details)
    {
        string id = Shown.OneLine(details.Sweep.Id);
        if (details.Evidence.Length > EvidenceInText)
            terminal.Say($"the newest {EvidenceInText} of what happened to chunks; for up to {Numbers.Count(EvidenceInJson)}: "
                + $"sweeps status {id} --json");
        if (details.Sweep.Progress.PointsFailed > 0)
            terminal.Say("points that failed are in the folder failures/ of the dataset, each with its cause");
        switch (details.Sweep.State())
        {
            case SweepState.Paused:
                terminal.Say($"go on with: sweeps resume {id}");
                break;
            case SweepState.Stopped:
                terminal.Say($"go on all the same with: sweeps resume {id} --budget "
                    + $"{FailureBudget.Of(details.Sweep.Points, details.Sweep.Progress.PointsFailed)}");
                break;
            case SweepState.Waiting or SweepState.Running or SweepState.Extending or SweepState.Merging:
                terminal.Say($"see it go on with: sweeps watch {id}");
                break;
        }
    }

    private static string Pace(ServerSweep sweep) => (sweep.PointsPerSecond, sweep.Remaining) switch
    {
        ({ } rate, { } left) => $"{Numbers.Rate(rate)}, {Numbers.Duration(left.TotalSeconds)} left",
        ({ } rate, null) => Numbers.Rate(rate),
        _ => "no chunk ended in the last minute",
    };

    private static string Devices(DeviceDemand demand) => demand switch
    {
        DeviceDemand.Processor => "of processors alone",
        DeviceDemand.Accelerator => "of GPUs alone",
        _ => "of processors and GPUs",
    };

    // What a database says is shown on one line, whatever it holds.
    private void Line(string name, string text) => terminal.Out.WriteLine($"{name,-12} {Shown.OneLine(text)}");
}
