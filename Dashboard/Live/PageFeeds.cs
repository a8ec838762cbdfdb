using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Pages;
using Sweeps.Dashboard.Pages.Parts;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Live;

/// <summary>News of pages. However many look at one page, it is asked for and rendered once.</summary>
internal sealed class PageFeeds
{
    // Nobody reads faster.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ListPause = TimeSpan.FromSeconds(2);

    // Leases that ran out change no number of the sweep.
    private static readonly TimeSpan DetailsPause = TimeSpan.FromSeconds(5);

    private readonly SweepSource source;
    private readonly SweepFeeds sweeps;
    private readonly SweepViews views;
    private readonly ComponentText components;
    private readonly SharedNews<(string Id, bool MayOperate), PageNews> ofSweep;
    private readonly SharedNews<string, PageNews> ofLists;

    public PageFeeds(SweepSource source, SweepFeeds sweeps, SweepViews views, ComponentText components)
    {
        (this.source, this.sweeps, this.views, this.components) = (source, sweeps, views, components);
        ofSweep = new((key, over) => SweepAsync(key.Id, key.MayOperate, over));
        ofLists = new((page, over) => page == Addresses.Silos
            ? PollAsync(SilosAsync, over)
            : PollAsync(new SweepList(this).PartsAsync, over));
    }

    /// <summary>Parts of a sweep's page.</summary>
    /// <param name="id">The sweep, as the server calls it.</param>
    /// <param name="mayOperate">Whether the reader gets buttons.</param>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<PageNews> FollowSweepAsync(string id, bool mayOperate, CancellationToken cancellation) =>
        ofSweep.FollowAsync((id, mayOperate), cancellation);

    /// <summary>Parts of the list of sweeps.</summary>
    public IAsyncEnumerable<PageNews> FollowSweepsAsync(CancellationToken cancellation) => ofLists.FollowAsync(Addresses.Sweeps, cancellation);

    /// <summary>Parts of the list of silos.</summary>
    public IAsyncEnumerable<PageNews> FollowSilosAsync(CancellationToken cancellation) => ofLists.FollowAsync(Addresses.Silos, cancellation);

    private async IAsyncEnumerable<PageNews> SweepAsync(string id, bool mayOperate, [EnumeratorCancellation] CancellationToken over)
    {
        var told = new PageParts();
        SweepView? view = null;
        long looked = 0;
        await foreach (var news in sweeps.FollowAsync(id, over).ConfigureAwait(false))
        {
            long begun = source.Clock.GetTimestamp();
            bool isNew = view is null || news.Sweep?.Progress.PointsFailed != view.Sweep.Progress.PointsFailed
                || news.Sweep?.Progress.Quarantined != view.Sweep.Progress.Quarantined || news.Sweep?.SpecHash != view.Sweep.SpecHash;
            if (news is { Sweep: not null, Trouble: null } && (isNew || source.Clock.GetElapsedTime(looked) > DetailsPause))
            {
                looked = begun;
                view = await DetailsAsync(id, mayOperate, view, over).ConfigureAwait(false);
            }
            if (view is null) continue;
            string? trouble = news.Trouble ?? view.Trouble ?? (news.Sweep is null ? "This sweep is no longer there" : null);
            var shown = view with { Details = view.Details with { Sweep = news.Sweep ?? view.Sweep }, Trouble = trouble };
            yield return told.Tell(await PartsAsync(shown).ConfigureAwait(false));
            var left = ShortestPause - source.Clock.GetElapsedTime(begun);
            if (left > TimeSpan.Zero) await Task.Delay(left, source.Clock, over).ConfigureAwait(false);
        }
    }

    private async Task<SweepView?> DetailsAsync(string id, bool mayOperate, SweepView? before, CancellationToken over)
    {
        try
        {
            return await views.FindAsync(id, mayOperate, over).ConfigureAwait(false) ?? before;
        }
        catch (ServerException gone)
        {
            return before is null ? null : before with { Trouble = gone.Message };
        }
    }

    private async Task<ImmutableArray<PagePart>> PartsAsync(SweepView view) =>
    [
        await TroubleAsync(view.Trouble).ConfigureAwait(false),
        new(PagePart.Fragment, "status", await components.RenderAsync<SweepStatus>(("Sweep", view.Sweep)).ConfigureAwait(false)),
        new(PagePart.Fragment, "actions", await components.RenderAsync<SweepActions>(
            ("Sweep", view.Sweep), ("MayOperate", view.MayOperate), ("IsLocalRun", source.IsLocalRun)).ConfigureAwait(false)),
        new(PagePart.Fragment, "chunks", await components.RenderAsync<ChunkBar>(("Sweep", view.Sweep)).ConfigureAwait(false)),
        new(PagePart.Fragment, "failures", await components.RenderAsync<FailureList>(
            ("Sweep", view.Sweep), ("Failures", view.Failures)).ConfigureAwait(false)),
        new(PagePart.Fragment, "timeline", await components.RenderAsync<Timeline>(("Recent", view.Recent)).ConfigureAwait(false)),
        new(PagePart.Fragment, "incidents", await components.RenderAsync<Incidents>(("Evidence", view.Details.Evidence)).ConfigureAwait(false)),
        new(PagePart.Figure, "figure", FigureState(view.Sweep)),
    ];

    // The same as long as a figure would be the same.
    private static string FigureState(ServerSweep sweep) => string.Create(CultureInfo.InvariantCulture,
        $"{sweep.SpecHash[..Math.Min(8, sweep.SpecHash.Length)]}-{sweep.Progress.PointsDone}-{sweep.Progress.PointsFailed}-{sweep.Stage}");

    private async Task<PagePart> TroubleAsync(string? sentence) => new(PagePart.Fragment, "trouble", await components.RenderAsync<Trouble>(
        ("Sentence", sentence is null ? null : $"{sentence.TrimEnd('.')}. What you see may be old.")).ConfigureAwait(false));

    private async Task<ImmutableArray<PagePart>> SilosAsync(CancellationToken over)
    {
        var silos = await source.Server.SilosAsync(over).ConfigureAwait(false);
        return [new(PagePart.Fragment, "silos", await components.RenderAsync<SiloList>(
            ("Silos", silos), ("Now", source.Clock.GetUtcNow())).ConfigureAwait(false))];
    }

    private async IAsyncEnumerable<PageNews> PollAsync(
        Func<CancellationToken, Task<ImmutableArray<PagePart>>> look, [EnumeratorCancellation] CancellationToken over)
    {
        var told = new PageParts();
        ImmutableArray<PagePart> last = [];
        while (true)
        {
            string? trouble = null;
            try
            {
                last = await look(over).ConfigureAwait(false);
            }
            catch (ServerException gone)
            {
                trouble = gone.Message;
            }
            yield return told.Tell([await TroubleAsync(trouble).ConfigureAwait(false), .. last]);
            await Task.Delay(ListPause, source.Clock, over).ConfigureAwait(false);
        }
    }

    /// <summary>The list of sweeps; the ended ones, which may be many, are asked for only when there is one more.</summary>
    private sealed class SweepList(PageFeeds feeds)
    {
        private ImmutableHashSet<string> goingOn = [];
        private ListPaging? all;

        public async Task<ImmutableArray<PagePart>> PartsAsync(CancellationToken over)
        {
            var now = await feeds.source.Server.ListAsync(false, over).ConfigureAwait(false);
            ImmutableHashSet<string> ids = [.. now.Where(sweep => !sweep.State().HasEnded()).Select(sweep => sweep.Id)];
            if (all is null || !goingOn.IsSubsetOf(ids))
                all = ListPaging.Of(await feeds.source.Server.ListAsync(true, over).ConfigureAwait(false), 1);
            goingOn = ids;
            return
            [
                new(PagePart.Fragment, "now", await feeds.components.RenderAsync<SweepsNow>(
                    ("Sweeps", ListPaging.Of(now, 1).GoingOn)).ConfigureAwait(false)),
                new(PagePart.Fragment, "ended-newest", await feeds.components.RenderAsync<SweepsEnded>(("Paging", all)).ConfigureAwait(false)),
            ];
        }
    }
}
