using Sweeps.EndToEnd.Cluster;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Tests.Telemetry.Exposition;

namespace Sweeps.EndToEnd.Telemetry;

/// <summary>A program's page of metrics, read again and again while it runs.</summary>
internal sealed class ScrapedProcess : IDisposable
{
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly HashSet<string> seen = [];
    private readonly Uri address;

    private ScrapedProcess(Uri address) => this.address = address;

    /// <summary>The newest page that was read; null before the first.</summary>
    public ParsedPage? Last { get; private set; }

    /// <param name="process">A program that says where its page is.</param>
    /// <param name="before">The words before the address.</param>
    public static async Task<ScrapedProcess> OfAsync(ProgramProcess process, string before)
    {
        string? said = null;
        await ClusterDeadline.MeetAsync(
            () =>
            {
                said = process.Errors.Split('\n').FirstOrDefault(line => line.Contains(before, StringComparison.Ordinal));
                return Task.FromResult(said is not null);
            },
            () => $"it does not say where its metrics are, but: {process.Errors}");
        return new(new(new Uri(said![(said!.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Trim()), "/metrics"));
    }

    /// <summary>Reads a page.</summary>
    /// <returns>False if the program answers no more.</returns>
    public async Task<bool> ReadAsync()
    {
        try
        {
            Last = ParsedPage.Of(await client.GetStringAsync(address), ExpositionFormat.PrometheusText);
        }
        catch (HttpRequestException)
        {
            return false;
        }
        seen.UnionWith(Last.Families);
        return true;
    }

    /// <summary>Asserts that every declared instrument has been there at some time, but for these; and these never.</summary>
    public void SawAllBut(params InstrumentDeclaration[] absent)
    {
        var never = absent.Select(one => PrometheusName.Of(one).Sample).Order().ToArray();
        Assert.Equal(never, Instruments.All.Select(one => PrometheusName.Of(one).Sample).Where(name => !seen.Contains(name)).Order());
    }

    public double Sum(string name, params (string Name, string Value)[] labels) => Last!.Series(name)
        .Where(one => labels.All(label => one.Labels.GetValueOrDefault(label.Name) == label.Value)).Sum(one => one.Value);

    public void Dispose() => client.Dispose();
}
