using System.Security.Cryptography;
using System.Text;
using Sweeps.Dashboard.Figures;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>
/// Figures of sweeps. One that many look at is drawn once; it is drawn anew when points were added, but not more often than its
/// drawing is worth.
/// </summary>
internal sealed class FigureCache(SweepSource source, ComponentText components) : IDisposable
{
    // Enough for what a group of people looks at in a day.
    private const int MostEntries = 200;
    private const long MostBytes = 64 << 20;

    // A figure that takes long to draw keeps the cores busy a small part of the time.
    private const int PausePerDrawing = 10;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim drawing = new(2);
    private long uses;

    /// <summary>The figure, from the points that there are; or those of some seconds ago.</summary>
    /// <exception cref="IOException">The dataset cannot be read.</exception>
    public Task<Checked<RenderedFigure>> GetAsync(ServerSweep sweep, SweepSpec spec, FigureChoice choice, FigureForm form)
    {
        // A figure is the same as long as spec and points are: a grown grid has another hash.
        string key = $"{sweep.Id} {sweep.SpecHash} {form} {choice.Query}";
        var state = (sweep.Progress.PointsDone, sweep.Progress.PointsFailed, sweep.Stage);
        lock (gate)
        {
            if (entries.TryGetValue(key, out var known) && (known.State == state || !IsOld(known)))
            {
                known.LastUse = ++uses;
                return known.Figure;
            }
            var figure = Task.Run(() => DrawAsync(sweep, choice, form, key));
            entries[key] = new(state, figure, source.Clock.GetTimestamp()) { LastUse = ++uses };
            _ = NoteAsync(key, figure);
            return figure;
        }
    }

    public void Dispose() => drawing.Dispose();

    private bool IsOld(Entry entry)
    {
        if (!entry.Figure.IsCompleted) return false;
        var pause = entry.Took * PausePerDrawing;
        return source.Clock.GetElapsedTime(entry.Begun) > (pause > ShortestPause ? pause : ShortestPause);
    }

    private async Task<Checked<RenderedFigure>> DrawAsync(ServerSweep sweep, FigureChoice choice, FigureForm form, string key)
    {
        await drawing.WaitAsync().ConfigureAwait(false);
        try
        {
            // Nobody's leaving ends it: others wait for it, or will.
            var opening = await source.Datasets.OpenAsync(sweep.Id, CancellationToken.None).ConfigureAwait(false);
            if (!opening.IsRight) return Checked<RenderedFigure>.Wrong(opening.Mistakes);
            using var dataset = opening.Value;
            if (dataset.Spec.Hash != sweep.SpecHash)
                return Checked<RenderedFigure>.Wrong("the grid grows at this moment; the figure comes when the rows that it has are in place");
            var drawn = new FigurePainter(sweep.Id, choice, form).Draw(dataset, CancellationToken.None);
            string text = form is FigureForm.Print ? drawn.Svg
                : await components.RenderAsync<FigureView>(("Figure", drawn), ("Sweep", sweep)).ConfigureAwait(false);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return Checked<RenderedFigure>.Right(RenderedFigure.Of(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
        }
        finally
        {
            drawing.Release();
        }
    }

    // A figure that could not be drawn is not kept; the room is kept within bounds.
    private async Task NoteAsync(string key, Task<Checked<RenderedFigure>> figure)
    {
        await ((Task)figure).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var entry) || entry.Figure != figure) return;
            if (figure.IsCompletedSuccessfully && figure.Result is { IsRight: true, Value: var drawn })
            {
                entry.Took = source.Clock.GetElapsedTime(entry.Begun);
                entry.Bytes = drawn.Bytes.Length + (drawn.Zipped?.Length ?? 0);
            }
            else entries.Remove(key);
            foreach (var (oldest, _) in entries.OrderBy(pair => pair.Value.LastUse).ToArray())
            {
                if (entries.Count <= MostEntries && entries.Values.Sum(kept => kept.Bytes) <= MostBytes) break;
                entries.Remove(oldest);
            }
        }
    }

    private sealed record Entry((long Done, long Failed, DatasetStage Stage) State, Task<Checked<RenderedFigure>> Figure, long Begun)
    {
        public long LastUse { get; set; }

        public TimeSpan Took { get; set; }

        public long Bytes { get; set; }
    }
}
