using System.Globalization;
using System.Text.RegularExpressions;

namespace Sweeps.EndToEnd.Cluster;

/// <summary>A silo: the program <c>sweeps-silo</c>.</summary>
internal sealed partial class SiloProcess : ProgramProcess
{
    private SiloProcess(IReadOnlyDictionary<string, string> environment, string[] arguments, string[]? under = null)
        : base("silo/sweeps-silo", environment, arguments, under)
    {
    }

    /// <summary>The names under which it has registered so far, one after the other.</summary>
    public string[] Names => [.. Registered().Matches(Errors).Select(line => line.Groups[1].Value)];

    /// <param name="server">URL of the database, with a password.</param>
    /// <param name="arguments">As on a command line.</param>
    public static SiloProcess Start(string server, params string[] arguments) =>
        StartUnder([], server, arguments);

    /// <summary>By a command that becomes the silo: <c>ip netns exec NAME</c>.</summary>
    public static SiloProcess StartUnder(string[] command, string server, params string[] arguments) =>
        new(new Dictionary<string, string> { ["SWEEPS_SERVER"] = server }, arguments, command);

    public Task SaysAsync(string text) => ClusterDeadline.MeetAsync(
        () => Task.FromResult(Errors.Contains(text, StringComparison.Ordinal)), () => $"the silo does not say '{text}', but:\n{Errors}");

    public Task RegistersAnewAsync() => ClusterDeadline.MeetAsync(
        () => Task.FromResult(Names.Length > 1), () => $"the silo does not register anew, but says:\n{Errors}");

    /// <summary>Waits until a chunk runs in a process of its own, other than the given one.</summary>
    /// <returns>That process.</returns>
    public async Task<int> StartsChunkAsync(int? other = null)
    {
        int? found = null;
        await ClusterDeadline.MeetAsync(
            () => Task.FromResult((found = Chunks().FirstOrDefault(chunk => chunk != other)) is > 0),
            () => $"no chunk runs in a process of its own; the silo says:\n{Errors}").ConfigureAwait(false);
        return found!.Value;
    }

    // Children of this process that were started as 'sweeps-silo chunk'.
    private IEnumerable<int> Chunks()
    {
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process)) continue;
            string stat, command;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                continue; // it is over
            }
            // The name before may have blanks and brackets; after it come the state and the parent.
            string parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
            bool isOurs = parent == Id.ToString(CultureInfo.InvariantCulture);
            if (isOurs && command.Contains("sweeps-silo.dll\0chunk\0", StringComparison.Ordinal)) yield return process;
        }
    }

    [GeneratedRegex(@"registered as (\S+),")]
    private static partial Regex Registered();
}
