using System.Globalization;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>What the kernel says of a process.</summary>
/// <param name="Resident">Resident memory, MiB (<c>VmRSS</c>).</param>
/// <param name="Anonymous">Its part that is no file's, MiB (<c>RssAnon</c>): heaps, stacks, compiled code.</param>
/// <param name="Descriptors">Open files, sockets and the like.</param>
/// <param name="Threads">Of the kernel.</param>
internal sealed record SiloFigures(double Resident, double Anonymous, int Descriptors, int Threads)
{
    public static SiloFigures Of(int process)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");
        string[] status = File.ReadAllLines(Path.Combine(folder, "status"));
        int descriptors = Directory.GetFiles(Path.Combine(folder, "fd")).Length;
        return new(Number("VmRSS") / 1024.0, Number("RssAnon") / 1024.0, descriptors, Number("Threads"));

        int Number(string key)
        {
            string line = status.Single(line => line.StartsWith(key + ":", StringComparison.Ordinal));
            return int.Parse(line.Split((char[])[':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }
}
