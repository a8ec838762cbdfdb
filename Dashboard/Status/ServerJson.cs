using System.Collections.Immutable;
using System.Text.Json;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Status;

/// <summary>What a cluster says, as JSON for programs; names are part of the interface.</summary>
internal static class ServerJson
{
    public static void Write(Utf8JsonWriter writer, IEnumerable<ServerSweep> sweeps)
    {
        writer.WriteStartArray();
        foreach (var sweep in sweeps)
        {
            writer.WriteStartObject();
            WriteProperties(writer, sweep);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, SweepDetails details)
    {
        writer.WriteStartObject();
        WriteProperties(writer, details);
        writer.WriteEndObject();
    }

    /// <summary>The members of the object, without its braces.</summary>
    public static void WriteProperties(Utf8JsonWriter writer, SweepDetails details)
    {
        WriteProperties(writer, details.Sweep);
        writer.WriteString("name", details.Spec?.Name);
        writer.WriteString("experiment", details.Spec?.Experiment.Name);
        WriteWords(writer, "dataset_folders", details.Folders);
        writer.WritePropertyName("evidence");
        Write(writer, details.Evidence);
    }

    public static void Write(Utf8JsonWriter writer, IEnumerable<ChunkEvidence> happenings)
    {
        writer.WriteStartArray();
        foreach (var evidence in happenings)
        {
            writer.WriteStartObject();
            writer.WriteNumber("chunk", evidence.Chunk);
            writer.WriteString("worker", evidence.Worker);
            writer.WriteString("at", UtcTime.Text(evidence.At));
            writer.WriteString("what", evidence.What);
            writer.WriteString("cause", evidence.Cause);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, RecentChunks recent)
    {
        writer.WriteStartObject();
        writer.WriteString("now", recent.Now.UtcDateTime);
        writer.WriteStartArray("chunks");
        foreach (var chunk in recent.Chunks)
        {
            writer.WriteStartObject();
            writer.WriteNumber("chunk", chunk.Chunk);
            writer.WriteString("worker", chunk.Worker);
            writer.WriteString("granted_at", chunk.GrantedAt.UtcDateTime);
            writer.WritePropertyName("settled_at");
            if (chunk.SettledAt is { } settled) writer.WriteStringValue(settled.UtcDateTime);
            else writer.WriteNullValue();
            writer.Number("points", chunk.Points);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, IEnumerable<ServerSilo> silos)
    {
        writer.WriteStartArray();
        foreach (var silo in silos)
        {
            writer.WriteStartObject();
            writer.WriteString("silo", silo.Name);
            writer.WriteString("state", silo.State);
            writer.WriteString("software_version", silo.SoftwareVersion);
            writer.WriteString("data", silo.Data);
            writer.WriteString("started_at", UtcTime.Text(silo.StartedAt));
            writer.WriteString("heard_at", UtcTime.Text(silo.HeardAt));
            writer.WriteStartArray("lanes");
            foreach (var lane in silo.Lanes)
            {
                writer.WriteStartObject();
                writer.WriteString("worker", lane.Worker);
                writer.WriteString("device", lane.Device);
                writer.WriteString("sweep", lane.Sweep);
                writer.Number("points_per_second", lane.PointsPerSecond);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>The members of the object, without its braces.</summary>
    public static void WriteProperties(Utf8JsonWriter writer, ServerSweep sweep)
    {
        var progress = sweep.Progress;
        writer.WriteString("id", sweep.Id);
        writer.WriteString("state", sweep.State().Word());
        writer.WriteString("spec_hash", sweep.SpecHash);
        writer.WriteString("software_version", sweep.SoftwareVersion);
        writer.WriteNumber("points", sweep.Points);
        writer.WriteNumber("points_done", progress.PointsDone);
        writer.WriteNumber("points_failed", progress.PointsFailed);
        writer.WriteNumber("failure_budget", sweep.FailureBudget);
        writer.WriteNumber("chunks", progress.Chunks);
        writer.WriteNumber("chunks_settled", progress.Settled);
        writer.WriteNumber("chunks_leased", progress.Leased);
        writer.WriteNumber("chunks_waiting", progress.Waiting);
        writer.WriteNumber("chunks_quarantined", progress.Quarantined);
        writer.Number("points_per_second", sweep.PointsPerSecond);
        writer.Number("remaining_seconds", sweep.Remaining?.TotalSeconds);
        writer.WriteNumber("lanes", sweep.Lanes);
        writer.Number("maximum_lanes", sweep.Demands.MaximumLanes);
        writer.WriteNumber("priority", sweep.Demands.Priority);
        writer.WriteString("only", DemandWords.Word(sweep.Demands.Device));
        writer.WriteString("submitted_at", UtcTime.Text(sweep.SubmittedAt));
        writer.WriteString("ended_at", sweep.EndedAt is { } ended ? UtcTime.Text(ended) : null);
        WriteWords(writer, "notes", sweep.Notes);
    }

    private static void WriteWords(Utf8JsonWriter writer, string name, ImmutableArray<string> words)
    {
        writer.WriteStartArray(name);
        foreach (string word in words) writer.WriteStringValue(word);
        writer.WriteEndArray();
    }
}
