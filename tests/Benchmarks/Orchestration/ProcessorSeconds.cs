using System.Globalization;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>Seconds that cores have spent so far on this process, host code and claimers, and on the server with all its processes.</summary>
internal readonly record struct ProcessorSeconds(double Host, double Server)
{
    // Linux counts these in hundredths of a second everywhere.
    private const double Ticks = 100;

    public double Sum => Host + Server;

    public static ProcessorSeconds operator -(ProcessorSeconds later, ProcessorSeconds earlier) =>
        new(later.Host - earlier.Host, later.Server - earlier.Server);

    public static ProcessorSeconds Read(int postmaster)
    {
        // Its own, its living children's, and those of children that have ended.
        double server = StatOf(postmaster) is { } first ? Times(first, 11, 4)
            : throw new InvalidOperationException($"there is no process {postmaster}");
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && StatOf(pid) is { } stat && stat[1] == postmaster.ToString(CultureInfo.InvariantCulture)) server += Times(stat, 11, 2);
        }
        return new(Environment.CpuUsage.TotalTime.TotalSeconds, server / Ticks);
    }

    // From the state on: what stands before it, in parentheses, may have blanks.
    private static string[]? StatOf(int pid)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }

    private static double Times(string[] stat, int first, int count) =>
        stat.Skip(first).Take(count).Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture));
}
