using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Client.Display;

/// <summary>What can compute here.</summary>
/// <param name="Processor">Its own name.</param>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="VectorBits">Widths of the vectors that the hardware has, in bits, widest first.</param>
/// <param name="MemoryBytes">Memory that this process may use.</param>
internal sealed record ThisMachine(string Processor, int Cores, IReadOnlyList<int> VectorBits, long MemoryBytes)
{
    public static ThisMachine Look() => new(ProcessorName(), Environment.ProcessorCount, [.. Widths()],
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    private static IEnumerable<int> Widths()
    {
        if (Vector512.IsHardwareAccelerated) yield return 512;
        if (Vector256.IsHardwareAccelerated) yield return 256;
        if (Vector128.IsHardwareAccelerated) yield return 128;
    }

    private static string ProcessorName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? name = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrWhiteSpace(name) ? RuntimeInformation.ProcessArchitecture.ToString() : name;
    }
}
