using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary><c>sweep.json</c>: the spec, how it was cut, and what wrote it.</summary>
public sealed record SweepManifest(SweepSpec Spec, long Points, int Chunks, int CutVersion, string SoftwareVersion)
{
    private const string Remedy = "restore it from a copy, or begin a new sweep in another folder";

    public static SweepManifest Of(SweepSpec spec, ChunkPlan plan) =>
        new(spec, plan.PointCount, plan.ChunkCount, ChunkPlan.Version, DatasetMetadata.SoftwareVersion);

    /// <summary>
    /// Why this software must not add rows to the dataset, one sentence; null if it may. Numbers may change between minor versions, and a
    /// dataset's rows are of one kind.
    /// </summary>
    public string? ObjectionToContinuing()
    {
        if (MinorOf(SoftwareVersion) != MinorOf(DatasetMetadata.SoftwareVersion))
            return $"the dataset was written by version {SoftwareVersion}, and this is {DatasetMetadata.SoftwareVersion}: rows could differ; "
                + $"go on with version {SoftwareVersion}, or begin a new sweep in another folder";
        return CutVersion == ChunkPlan.Version
            ? null
            : $"the dataset is cut into chunks by rule {CutVersion}, and this software cuts by rule {ChunkPlan.Version}; "
                + "go on with the version that began it, or begin a new sweep in another folder";
    }

    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber(DatasetMetadata.SchemaVersionKey, DatasetMetadata.SchemaVersion);
            json.WriteString(DatasetMetadata.SoftwareVersionKey, SoftwareVersion);
            json.WriteStartObject("plan");
            json.WriteNumber("points", Points);
            json.WriteNumber("chunks", Chunks);
            json.WriteNumber("cut_version", CutVersion);
            json.WriteEndObject();
            json.WritePropertyName("spec");
            Spec.WriteTo(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Puts the manifest into its place, atomically.</summary>
    internal void WriteTo(DatasetFolder folder, IDatasetDisk disk) => disk.Replace(folder.Staged("sweep.json"), folder.Manifest, ToBytes());

    /// <summary>Reads and checks a manifest; damage is a mistake, not an exception.</summary>
    /// <exception cref="IOException">The machine could not read the file.</exception>
    public static bool TryRead(
        string path,
        IReadOnlyCollection<IExperiment> catalogue,
        [NotNullWhen(true)] out SweepManifest? manifest,
        out IReadOnlyList<string> mistakes)
    {
        manifest = null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            int schema = root.GetProperty(DatasetMetadata.SchemaVersionKey).GetInt32();
            if (schema != DatasetMetadata.SchemaVersion)
            {
                mistakes =
                [
                    $"{path}: the dataset has schema version {schema}, and this software reads version {DatasetMetadata.SchemaVersion}; "
                        + "use the software that wrote it",
                ];
                return false;
            }
            var reading = SweepSpec.FromJson(root.GetProperty("spec"), path, catalogue);
            if (!reading.IsValid)
            {
                mistakes = [.. reading.Mistakes.Select(mistake => mistake.ToString())];
                return false;
            }
            var plan = root.GetProperty("plan");
            manifest = new(
                reading.Spec,
                plan.GetProperty("points").GetInt64(),
                plan.GetProperty("chunks").GetInt32(),
                plan.GetProperty("cut_version").GetInt32(),
                root.GetProperty(DatasetMetadata.SoftwareVersionKey).GetString() ?? "");
            mistakes = new PointGrid(reading.Spec).Count == manifest.Points
                ? []
                : [$"{path}: the plan has {manifest.Points} points and the spec another number; {Remedy}"];
            if (mistakes.Count == 0) return true;
            manifest = null;
            return false;
        }
        catch (Exception cause) when (cause is JsonException or ArgumentException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException)
        {
            mistakes = [$"{path}: this is not the manifest of a sweep; {Remedy}"];
            return false;
        }
    }

    private static string MinorOf(string version) => string.Join('.', version.Split('.').Take(2));
}
