using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Figures;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Pages;
using Sweeps.Dashboard.Pages.Diagram;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Tests.Pages;

/// <summary>The figures of one sweep, without pages around them; its dataset opens when the test lets it.</summary>
internal sealed class DrawingSite : IDisposable, ISweepDatasets
{
    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();
    private readonly FakeSweep sweep;
    private readonly string folder;
    private readonly IExperiment experiment;

    public DrawingSite(SmallDataset dataset, IExperiment? experiment = null)
    {
        (folder, sweep, this.experiment) = (dataset.Folder, new FakeSweep("small-1", dataset.Spec), experiment ?? new FakeExperiment());
        Cache = new(new(new FakeCluster(), this, [this.experiment], Clock), new ComponentText(services, NullLoggerFactory.Instance));
    }

    public HeldClock Clock { get; } = new();

    public FigureCache Cache { get; }

    public ServerSweep Sweep => sweep.Seen;

    /// <summary>What opening a dataset waits for.</summary>
    public Task Opens { get; set; } = Task.CompletedTask;

    public int Openings { get; private set; }

    /// <summary>A figure as an address asks for it.</summary>
    public Task<Checked<RenderedFigure>>? Get(string query, FigureForm form = FigureForm.Wide, CancellationToken leaving = default)
    {
        var words = query.Split('&').Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var choice = new FigureChoiceReader(sweep.Spec, words.GetValueOrDefault).Read();
        return Cache.Get(Sweep, choice.Value!, form, leaving);
    }

    public async Task<Checked<SweepFolder>> OpenAsync(string id, CancellationToken cancellation)
    {
        await Opens;
        Openings++;
        return SweepFolder.Open(folder, [experiment]);
    }

    public void Dispose()
    {
        Cache.Dispose();
        services.Dispose();
    }
}
