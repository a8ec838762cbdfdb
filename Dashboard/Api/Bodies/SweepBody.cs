using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>A sweep as JSON, the members of <c>sweeps list --json</c> first; how clients read it, and what the API's description says of it.</summary>
internal record SweepBody
{
    [Description("Name and number, as drift-17.")]
    public required string Id { get; init; }

    [Description("waiting, running, paused, extending, merging, complete, complete_with_failures, cancelled or stopped.")]
    public required string State { get; init; }

    [Description("SHA-256 of what is computed, in hexadecimal digits.")]
    public required string SpecHash { get; init; }

    [Description("Version of the program that submitted it.")]
    public required string SoftwareVersion { get; init; }

    public required long Points { get; init; }

    public required long PointsDone { get; init; }

    public required long PointsFailed { get; init; }

    [Description("Points that may fail before the sweep stops by itself.")]
    public required long FailureBudget { get; init; }

    public required int Chunks { get; init; }

    public required int ChunksSettled { get; init; }

    public required int ChunksLeased { get; init; }

    public required int ChunksWaiting { get; init; }

    public required int ChunksQuarantined { get; init; }

    [Description("Of the chunks that ended in the last minute; null if none did.")]
    public required double? PointsPerSecond { get; init; }

    [Description("Predicted; null without a rate.")]
    public required double? RemainingSeconds { get; init; }

    [Description("Lanes that work on it now.")]
    public required int Lanes { get; init; }

    [Description("Lanes that may work on it at once; null for any number.")]
    public required int? MaximumLanes { get; init; }

    public required int Priority { get; init; }

    [Description("cpu or gpu, if lanes of that kind alone may work on it.")]
    public required string? Only { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    [Description("When its last chunk ended, or it was cancelled; null while it goes on.")]
    public required DateTimeOffset? EndedAt { get; init; }

    [Description("What keeps silos from it, or went wrong with its dataset; newest first.")]
    public required ImmutableArray<string> Notes { get; init; }

    public required ExactBody Exact { get; init; }

    [Description("The canonical spec, every value written out; in lists only if asked for with specs=true. A text if it is damaged.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Spec { get; init; }

    /// <summary>Writes the members of the object, without its braces and without the spec.</summary>
    public static void WriteProperties(Utf8JsonWriter writer, ServerSweep sweep)
    {
        ServerJson.WriteProperties(writer, sweep);
        ExactBody.Write(writer, sweep);
    }

    /// <summary>Writes the member <c>spec</c>: letter by letter as the server has it, so that its hash stays true.</summary>
    public static void WriteSpec(Utf8JsonWriter writer, ServerSweep sweep)
    {
        writer.WritePropertyName("spec");
        if (IsJson(sweep.SpecJson)) writer.WriteRawValue(sweep.SpecJson, skipInputValidation: true);
        else writer.WriteStringValue(sweep.SpecJson);
    }

    /// <summary>The same sweep as on the server's side.</summary>
    public ServerSweep ToSweep() => new(
        Id, SpecText(), SpecHash, SoftwareVersion, Exact.Stage, Points,
        new LedgerProgress(
            Exact.Phase, Chunks, ChunksSettled, ChunksLeased, ChunksWaiting, ChunksQuarantined, PointsDone, PointsFailed),
        FailureBudget, new SweepDemands(Priority, MaximumLanes, DemandWords.Demand(Only)), Lanes, PointsPerSecond,
        Exact.RemainingTicks is { } ticks ? TimeSpan.FromTicks(ticks) : null, Exact.SubmittedAt, Exact.EndedAt, Notes);

    private string SpecText() => Spec.ValueKind switch
    {
        JsonValueKind.Undefined => "",
        JsonValueKind.String => Spec.GetString()!,
        _ => Spec.GetRawText(),
    };

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            // A text would be taken for damage.
            return document.RootElement.ValueKind is not JsonValueKind.String;
        }
        catch (Exception damaged) when (damaged is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
