using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Pages.Diagram;
using Sweeps.Grains.Datasets;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class FigureCacheTests(SmallDataset dataset) : IClassFixture<SmallDataset>
{
    // More different figures than are drawn and wait at once.
    private static readonly string[] Lines =
    [
        .. from what in new[] { "measured", "theory", "residual", "z" }
           from pin in new[]
           {
               "x=slope&at.width=2", "x=slope&at.width=5", "x=slope&at.width=9", "x=width&at.slope=0", "x=width&at.slope=3",
           }
           from shape in new[] { "flat", "round" }
           select $"{pin}&y=lines&what={what}&at.kind={shape}",
    ];

    [Theory]
    [InlineData("x=width&y=slope")]
    [InlineData("x=slope&y=lines")]
    public async Task The_closed_form_of_a_figure_is_computed_once_however_often_the_figure_is_drawn(string query)
    {
        var experiment = CountedExperiment.Make();
        using var site = new DrawingSite(dataset, experiment);
        var counted = (CountedExperiment)(object)experiment;

        Assert.True((await site.Get($"{query}&at.kind=flat")!).IsRight);
        int once = counted.Theories;
        Assert.True((await site.Get($"{query}&at.kind=flat", FigureForm.Narrow)!).IsRight);
        Assert.Equal(2, site.Openings);

        Assert.True(once > 0);
        Assert.Equal(dataset.Spec.Seed, counted.Seed);
        Assert.Equal(once, counted.Theories);
        Assert.True((await site.Get($"{query}&at.kind=round")!).IsRight);
        Assert.Equal(2 * once, counted.Theories);
    }

    [Fact]
    public async Task Beyond_those_that_wait_a_figure_is_refused_until_there_is_room()
    {
        var opens = new TaskCompletionSource();
        using var site = new DrawingSite(dataset) { Opens = opens.Task };

        var all = Lines.Select(query => site.Get(query)).ToArray();
        var admitted = all.OfType<Task>().ToArray();
        Assert.Equal(FigureCache.MostDrawn + FigureCache.MostWaiting, admitted.Length);
        Assert.NotNull(site.Get(Lines[0])); // waits for what is there already
        opens.SetResult();
        await Task.WhenAll(admitted);

        Assert.True((await site.Get(Lines[^1])!).IsRight);
    }

    [Fact]
    public async Task A_figure_that_nobody_waits_for_any_more_gives_up_its_place()
    {
        var opens = new TaskCompletionSource();
        using var site = new DrawingSite(dataset) { Opens = opens.Task };
        using CancellationTokenSource one = new(), other = new();
        int room = FigureCache.MostDrawn + FigureCache.MostWaiting;
        var all = Lines.Take(room - 1).Select(query => site.Get(query)!).ToList();
        var left = site.Get(Lines[room - 1], leaving: one.Token)!;
        var alsoLeft = site.Get(Lines[room - 1], leaving: other.Token)!;

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Null(site.Get(Lines[room]));
        await other.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alsoLeft);
        all.Add(site.Get(Lines[room])!);
        opens.SetResult();

        Assert.All(await Task.WhenAll(all), figure => Assert.True(figure.IsRight));
        Assert.Equal(room, site.Openings);
    }

    [Fact]
    public async Task A_figure_that_is_being_drawn_is_finished_for_those_who_come_later()
    {
        var opens = new TaskCompletionSource();
        using var site = new DrawingSite(dataset) { Opens = opens.Task };
        using var leaving = new CancellationTokenSource();
        var left = site.Get(Lines[0], leaving: leaving.Token)!;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        var later = site.Get(Lines[0])!;
        opens.SetResult();

        Assert.True((await later).IsRight);
        Assert.Equal(1, site.Openings);
    }

    [Fact]
    public async Task A_page_tells_that_its_figure_is_refused()
    {
        var opens = new TaskCompletionSource();
        using var site = new DrawingSite(dataset) { Opens = opens.Task };
        var all = Lines.Select(query => site.Get(query)).OfType<Task>().ToArray();

        var view = await new DiagramViews(site.Cache, site.Clock).MakeAsync(site.Sweep, dataset.Spec, QueryCollection.Empty, default);

        Assert.Equal(FigureCache.Busy, Assert.Single(view.Mistakes));
        opens.SetResult();
        await Task.WhenAll(all);
    }

    public static TheoryData<Exception, string> Troubles => new()
    {
        { new DatasetException("points is missing; restore it from a copy"), "points is missing; restore it from a copy" },
        { new UnauthorizedAccessException("no"), "the dataset's files cannot be read at this moment" },
        { new IOException("no"), "the dataset's files cannot be read at this moment" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_page_whose_figure_cannot_be_read_is_a_page_that_tells_so(Exception trouble, string sentence)
    {
        using var site = new DrawingSite(dataset) { Opens = Task.FromException(trouble) };

        var view = await new DiagramViews(site.Cache, site.Clock).MakeAsync(site.Sweep, dataset.Spec, QueryCollection.Empty, default);

        Assert.Equal(sentence, Assert.Single(view.Mistakes));
        Assert.Null(view.Html);
    }
}
