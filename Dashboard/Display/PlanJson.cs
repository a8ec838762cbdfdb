using System.Text.Json;

namespace Sweeps.Dashboard.Display;

/// <summary>What a sweep will be, as JSON for programs; names are part of the interface.</summary>
internal static class PlanJson
{
    public static void Write(Utf8JsonWriter writer, SweepForecast forecast)
    {
        var spec = forecast.Spec;
        writer.WriteStartObject();
        writer.WriteString("name", spec.Name);
        writer.WriteString("experiment", spec.Experiment.Name);
        writer.WriteString("hash", spec.Hash);
        writer.WriteStartObject("axes");
        foreach (var axis in spec.Axes) writer.WriteNumber(axis.Name, axis.Values.Length);
        writer.WriteEndObject();
        writer.WriteNumber("points", forecast.Grid.Count);
        writer.WriteNumber("chunks", forecast.Plan.ChunkCount);
        writer.WriteNumber("predicted_core_seconds", forecast.Plan.PredictedSeconds);
        writer.WriteNumber("threads", forecast.Cores);
        writer.WriteNumber("predicted_seconds", forecast.PredictedSeconds);
        writer.WriteNumber("point_rows", forecast.Grid.Count);
        writer.WriteNumber("curve_rows_at_most", forecast.CurveRows);
        writer.WriteNumber("bytes_about", Math.Round(forecast.Bytes));
        writer.WriteEndObject();
    }
}
