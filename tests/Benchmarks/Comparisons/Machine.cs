using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>What stands above every table: the machine, how busy it is, and the versions on both sides.</summary>
internal static class Machine
{
    public static void Print(TextWriter output)
    {
        string width = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
        output.WriteLine($"machine   {Processor()}, {Environment.ProcessorCount} cores, {width}-bit vectors, load {Load()}");
        output.WriteLine($"ours      Sweeps, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}");
    }

    /// <summary>A peer's own account of itself, and a warning where its BLAS is the slow reference one.</summary>
    public static void Print(TextWriter output, JsonElement about)
    {
        output.WriteLine($"peer      {string.Join(", ", about.EnumerateObject().Where(fact => fact.Name != "threads").Select(f => $"{f.Name} {f.Value}"))}");
        if (about.TryGetProperty("blas", out JsonElement blas) && blas.GetString()!.StartsWith("reference", StringComparison.Ordinal))
            output.WriteLine(
                "WARNING   this peer multiplies matrices with the reference BLAS, which is some thirty times slower than a tuned one: the ratios flatter us."
                + Environment.NewLine + "          Install libopenblas0-pthread, or name a folder with another libblas.so.3 in PEER_BLAS.");
    }

    public static string Load()
    {
        try
        {
            return File.ReadAllText("/proc/loadavg").Split(' ')[0];
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    public static string Text(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Processor()
    {
        const string Key = "model name";
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return line is null ? $"{RuntimeInformation.ProcessArchitecture}" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
