using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>What the other members of a sweep round or sum up, for this project's own programs.</summary>
[Description("What the other members round or sum up, for this project's own programs; may change with their version.")]
internal sealed record ExactBody
{
    [JsonConverter(typeof(JsonStringEnumConverter<LedgerPhase>))]
    public required LedgerPhase Phase { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<DatasetStage>))]
    public required DatasetStage Stage { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    [Description("Predicted time left in units of 100 ns.")]
    public required long? RemainingTicks { get; init; }

    /// <summary>Writes the member <c>exact</c>.</summary>
    public static void Write(Utf8JsonWriter writer, ServerSweep sweep)
    {
        writer.WriteStartObject("exact");
        writer.WriteString("phase", sweep.Progress.Phase.ToString());
        writer.WriteString("stage", sweep.Stage.ToString());
        writer.WriteString("submitted_at", Exact(sweep.SubmittedAt));
        writer.WriteString("ended_at", sweep.EndedAt is { } ended ? Exact(ended) : null);
        writer.WritePropertyName("remaining_ticks");
        if (sweep.Remaining is { } left) writer.WriteNumberValue(left.Ticks);
        else writer.WriteNullValue();
        writer.WriteEndObject();
    }

    private static string Exact(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
