using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// Takes samples of silos; each second one is told in the test's output, and in the file that <c>SWEEPS_CHAOS_REPORT</c> names, with
/// <c>.soak</c> behind it, so that one can look on.
/// </summary>
internal sealed class SoakWatch(TestCluster cluster, SiloProcess[] silos, string[] names, ITestOutputHelper output)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private static readonly string? File = Environment.GetEnvironmentVariable("SWEEPS_CHAOS_REPORT") is { Length: > 0 } report
        ? report + ".soak" : null;

    private readonly long began = TimeProvider.System.GetTimestamp();
    private readonly List<SoakSample> samples = [];

    public IReadOnlyList<SoakSample> Samples => samples;

    public async Task SampleAsync(Func<string> told)
    {
        ImmutableArray<SiloFigures> figures = [.. silos.Select(silo => SiloFigures.Of(silo.Id))];
        var at = TimeProvider.System.GetElapsedTime(began);
        var sample = new SoakSample(at, figures, [], null, null);
        try
        {
            string[] connected = await cluster.AskAsync(
                "select application_name from pg_stat_activity where backend_type = 'client backend'");
            string size = (await cluster.AskAsync("select pg_database_size(current_database())::text")).Single();
            sample = sample with
            {
                Connections = [.. names.Select(name => connected.Count(each => each == name))],
                AllConnections = connected.Length,
                DatabaseSize = long.Parse(size, CultureInfo.InvariantCulture) / (1024.0 * 1024),
            };
        }
        catch (NpgsqlException)
        {
            // Away, as now and then in a soak.
        }
        samples.Add(sample);
        if (samples.Count % 2 == 1) Say($"{sample} | {told()}");
    }

    public void Say(string line)
    {
        output.WriteLine(line);
        if (File is not null) System.IO.File.AppendAllText(File, line + "\n");
    }
}
