using System.Globalization;
using System.Text.Json;
using Sweeps.Dashboard.Display;

namespace Sweeps.Client.Measuring;

/// <summary>The report for programs: flat keys, each with an object keyed by number of threads.</summary>
internal static class BenchJson
{
    public static void Write(TextWriter output, BenchReport report) => JsonText.Write(output, writer =>
    {
        writer.WriteStartObject();
        WriteMachine(writer, report);
        writer.WriteString("software", report.Software);
        writer.WriteString("device", report.Device);
        PerThreads(writer, "rounds", report, figures => figures.Rounds);
        PerThreads(writer, report.Rates.Peak.Name, report, figures => figures.Peak);
        foreach (var (i, rate) in report.Rates.Kernels.Index())
        {
            PerThreads(writer, rate.Name, report, figures => figures.Kernels[i].Rate);
            if (rate.FractionName is { } name) PerThreads(writer, name, report, figures => figures.Kernels[i].Fraction);
        }
        writer.WriteEndObject();
    });

    private static void WriteMachine(Utf8JsonWriter writer, BenchReport report)
    {
        writer.WriteStartObject("machine");
        writer.WriteString("name", report.Machine.Processor);
        writer.WriteNumber("cores", report.Machine.Cores);
        writer.WriteStartArray("vector_bits");
        foreach (int bits in report.Machine.VectorBits) writer.WriteNumberValue(bits);
        writer.WriteEndArray();
        writer.WriteNumber("memory_bytes", report.Machine.MemoryBytes);
        writer.Number("last_level_cache_bytes", report.CacheBytes);
        writer.WriteString("runtime", report.Runtime);
        writer.WriteEndObject();
    }

    private static void PerThreads(Utf8JsonWriter writer, string name, BenchReport report, Func<ThreadFigures, double?> value)
    {
        writer.WriteStartObject(name);
        foreach (var figures in report.Figures) writer.Number(figures.Threads.ToString(CultureInfo.InvariantCulture), value(figures));
        writer.WriteEndObject();
    }
}
