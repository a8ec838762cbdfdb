using System.Text.Json;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Datasets;

/// <summary><c>sweeps status</c> of a folder.</summary>
internal sealed class FolderStatus(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
{
    private const int FailuresInText = 10;

    /// <returns>An <see cref="ExitCode"/>.</returns>
    public int Show(string directory, bool asJson)
    {
        LocalSweepStatus status;
        try
        {
            status = LocalSweepStatus.Read(directory, catalogue);
        }
        catch (DatasetException wrong) when (!wrong.IsDamage)
        {
            return terminal.Refuse(SweepFolder.WithRemedy(wrong));
        }
        if (asJson) JsonText.Write(terminal.Out, writer => Write(status, writer));
        else Write(status, directory);
        return ExitCode.Done;
    }

    private static string StateOf(LocalSweepStatus status) => status switch
    {
        { IsRunning: true } => "running",
        { IsComplete: true, PointsFailed: 0 } => "complete",
        { IsComplete: true } => "ended, some points failed",
        { IsOfCluster: true } => "on a cluster",
        _ => "interrupted",
    };

    private void Write(LocalSweepStatus status, string directory)
    {
        var output = terminal.Out;
        var spec = status.Manifest.Spec;
        output.WriteLine($"sweep        {spec.Name}: {spec.Experiment.Name}, measuring {string.Join(", ", spec.Measures)}");
        output.WriteLine($"state        {StateOf(status)}");
        output.WriteLine($"points       {Numbers.Count(status.PointsDone)} of {Numbers.Count(status.Manifest.Points)} finished, "
            + $"{Numbers.Count(status.PointsFailed)} failed");
        output.WriteLine($"chunks       {Numbers.Count(status.ChunksSettled)} of {Numbers.Count(status.Chunks)}");
        if (status.Events.Count > 0 && status.Events[^1] is var last)
            output.WriteLine($"last event   {UtcTime.Text(last.At)} {last.What}{(last.Detail is null ? "" : $": {last.Detail}")}");
        foreach (var failed in status.Failures.Take(FailuresInText)) output.WriteLine($"failed       {Sentence(failed, status)}");
        if (status.Failures.Length > FailuresInText)
            terminal.Say($"the first {FailuresInText} failures; all are in {Path.Combine(directory, "failures")}");
        if (StateOf(status) == "on a cluster")
            terminal.Say("more is known to its server: sweeps status "
                + $"{ShellWord.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)))} --server …");
        if (StateOf(status) == "interrupted") terminal.Say($"go on with: sweeps resume {ShellWord.Of(directory)}");
    }

    private static string Sentence(FailedPoint failed, LocalSweepStatus status)
    {
        var axes = status.Manifest.Spec.Axes.Where(axis => axis.Values.Length > 1).Select(axis => axis.Name).ToHashSet();
        string where = string.Join(", ", failed.Keys.Where(key => axes.Contains(key.Key)).Select(key => $"{key.Key} {key.Value}"));
        return $"point {failed.Point}{(where.Length == 0 ? "" : $" ({where})")}: {failed.Cause.ReplaceLineEndings(" ")}";
    }

    private static void Write(LocalSweepStatus status, Utf8JsonWriter writer)
    {
        var spec = status.Manifest.Spec;
        writer.WriteStartObject();
        writer.WriteString("name", spec.Name);
        writer.WriteString("experiment", spec.Experiment.Name);
        writer.WriteString("spec_hash", spec.Hash);
        writer.WriteString("state", StateOf(status).Split(',')[0]);
        writer.WriteNumber("points", status.Manifest.Points);
        writer.WriteNumber("points_done", status.PointsDone);
        writer.WriteNumber("points_failed", status.PointsFailed);
        writer.WriteNumber("chunks", status.Chunks);
        writer.WriteNumber("chunks_settled", status.ChunksSettled);
        writer.WriteBoolean("merged", status.IsMerged);
        writer.WriteStartArray("failures");
        foreach (var failed in status.Failures)
        {
            writer.WriteStartObject();
            writer.WriteNumber("point", failed.Point);
            writer.WriteStartObject("keys");
            foreach (var (name, value) in failed.Keys) writer.WriteString(name, value);
            writer.WriteEndObject();
            writer.WriteString("error", failed.Error);
            writer.WriteString("cause", failed.Cause);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("events");
        foreach (var entry in status.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("at", UtcTime.Text(entry.At));
            writer.WriteString("what", entry.What);
            writer.WriteString("detail", entry.Detail);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
