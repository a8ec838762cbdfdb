using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>What stands above every table: the machine, how busy it is, and the versions on both sides.</summary>
internal static class Machine
{
    private const string ReferenceBlas = """
        WARNING   this peer multiplies matrices by the reference BLAS, some thirty times slower than a tuned one: the ratios
                  flatter us. Install libopenblas0-pthread (Debian), or name a folder with a tuned libblas.so.3 in PEER_BLAS.
        """;

    public static void Print(TextWriter output)
    {
        string width = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
        output.WriteLine($"machine   {Processor()}, {Environment.ProcessorCount} cores, {width}-bit vectors, load {Load()}");
        if (double.TryParse(Load(), NumberStyles.Float, CultureInfo.InvariantCulture, out double load) && load > Environment.ProcessorCount)
            output.WriteLine("WARNING   the load is above the number of cores: rounds on all cores may be slow, on either side");
        output.WriteLine($"ours      Sweeps, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}");
    }

    /// <summary>A peer's own account of itself, and a warning where its BLAS is the slow reference one.</summary>
    public static void Print(TextWriter output, JsonElement about)
    {
        IEnumerable<string> facts = about.EnumerateObject()
            .Where(fact => fact.Name != "threads" && !fact.Name.EndsWith("_block", StringComparison.Ordinal))
            .Select(fact => $"{fact.Name} {fact.Value}");
        output.WriteLine($"peer      {string.Join(", ", facts)}");
        if (about.TryGetProperty("blas", out JsonElement blas) && blas.GetString()!.StartsWith("reference", StringComparison.Ordinal))
            output.WriteLine(ReferenceBlas);
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

    private static string Processor()
    {
        const string Key = "model name";
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? $"{RuntimeInformation.ProcessArchitecture}";
    }
}
