using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sweeps.Client.Datasets;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts.Local;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps status</c>.</summary>
internal sealed class StatusCommand : ClientCommand
{
    private const int FailuresInText = 10;

    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly FolderArgument folder;
    private readonly Option<bool> json = new("--json") { Description = "One JSON object, for programs." };

    public StatusCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
        : base("status", "Where a sweep stands, failures included; also while it runs.", terminal)
    {
        this.catalogue = catalogue;
        folder = new FolderArgument(catalogue);
        Add(folder.Path);
        Add(json);
    }

    public override ImmutableArray<string> Examples => ["sweeps status runs/phase-diagram", "sweeps status runs/phase-diagram --json"];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        string directory = line.GetRequiredValue(folder.Path);
        LocalSweepStatus status;
        try
        {
            status = LocalSweepStatus.Read(directory, catalogue);
        }
        catch (DatasetException wrong)
        {
            return Task.FromResult(Terminal.Refuse(SweepFolder.WithRemedy(wrong)));
        }
        if (line.GetValue(json)) JsonText.Write(Terminal.Out, writer => Write(status, writer));
        else Write(status, directory);
        return Task.FromResult(ExitCode.Done);
    }

    private static string StateOf(LocalSweepStatus status) => status switch
    {
        { IsRunning: true } => "running",
        { IsComplete: true, PointsFailed: 0 } => "complete",
        { IsComplete: true } => "ended, some points failed",
        _ => "interrupted",
    };

    private void Write(LocalSweepStatus status, string directory)
    {
        var output = Terminal.Out;
        var spec = status.Manifest.Spec;
        output.WriteLine($"sweep        {spec.Name}: {spec.Experiment.Name}, measuring {string.Join(", ", spec.Measures)}");
        output.WriteLine($"state        {StateOf(status)}");
        output.WriteLine($"points       {Numbers.Count(status.PointsDone)} of {Numbers.Count(status.Manifest.Points)} finished, "
            + $"{Numbers.Count(status.PointsFailed)} failed");
        output.WriteLine($"chunks       {Numbers.Count(status.ChunksSettled)} of {Numbers.Count(status.Chunks)}");
        if (status.Events.Count > 0 && status.Events[^1] is var last)
            output.WriteLine($"last event   {Time(last.At)} {last.What}{(last.Detail is null ? "" : $": {last.Detail}")}");
        foreach (var failed in status.Failures.Take(FailuresInText)) output.WriteLine($"failed       {Sentence(failed, status)}");
        if (status.Failures.Length > FailuresInText)
            Terminal.Say($"the first {FailuresInText} failures; all are in {Path.Combine(directory, "failures")}");
        if (StateOf(status) == "interrupted") Terminal.Say($"go on with: sweeps resume {directory}");
    }

    private static string Sentence(FailedPoint failed, LocalSweepStatus status)
    {
        var axes = status.Manifest.Spec.Axes.Where(axis => axis.Values.Length > 1).Select(axis => axis.Name).ToHashSet();
        string where = string.Join(", ", failed.Keys.Where(key => axes.Contains(key.Key)).Select(key => $"{key.Key} {key.Value}"));
        return $"point {failed.Point}{(where.Length == 0 ? "" : $" ({where})")}: {failed.Cause.ReplaceLineEndings(" ")}";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

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
            writer.WriteString("at", Time(entry.At));
            writer.WriteString("what", entry.What);
            writer.WriteString("detail", entry.Detail);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
