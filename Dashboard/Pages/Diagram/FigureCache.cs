using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Sweeps.Dashboard.Figures;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>
/// Figures of sweeps. One that many look at is drawn once; it is drawn anew when points were added, but not more often than its
/// drawing is worth.
/// </summary>
internal sealed class FigureCache(SweepSource source, ComponentText components) : IDisposable
{
    public const int MostDrawn = 2;

    /// <summary>Those behind them wait for seconds; whoever comes then does better to come again.</summary>
    public const int MostWaiting = 32;

    /// <summary>Why a figure is refused.</summary>
    public const string Busy = "many figures are being drawn at this moment; ask again in some seconds";

    // Enough for what a group of people looks at in a day.
    private const int MostEntries = 200;
    private const long MostBytes = 64 << 20;

    // A figure that takes long to draw keeps the cores busy a small part of the time.
    private const int PausePerDrawing = 10;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly ClosedForms closedForms = new(MostEntries);

    private readonly ConcurrencyLimiter places = new(
        new() { PermitLimit = MostDrawn, QueueLimit = MostWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    private long uses;

    /// <summary>The figure, from the points that there are; or those of some seconds ago.</summary>
    /// <param name="sweep">Whose.</param>
    /// <param name="choice">What is wanted.</param>
    /// <param name="form">What for.</param>
    /// <param name="leaving">Whoever asks has left: a drawing that nobody waits for does not begin.</param>
    /// <returns>Null where so many wait that the figure is refused; see <see cref="Busy"/>.</returns>
    /// <exception cref="IOException">The dataset cannot be read.</exception>
    public Task<Checked<RenderedFigure>>? Get(ServerSweep sweep, FigureChoice choice, FigureForm form, CancellationToken leaving)
    {
        // A figure is the same as long as spec and points are: a grown grid has another hash.
        string key = $"{sweep.Id} {sweep.SpecHash} {form} {choice.Query}";
        var state = (sweep.Progress.PointsDone, sweep.Progress.PointsFailed, sweep.Stage);
        lock (gate)
        {
            bool isKnown = entries.TryGetValue(key, out var entry);
            if (!isKnown || (entry!.State != state && IsOld(entry)))
            {
                if (Begin(sweep, choice, form, state) is { } begun)
                {
                    entries[key] = entry = begun;
                    _ = NoteAsync(key, begun.Figure);
                }
                // An old figure is better than none.
                else if (!isKnown) return null;
            }
            entry!.LastUse = ++uses;
            if (entry.Figure.IsCompleted) return entry.Figure;
            entry.Awaiting++;
            return AwaitAsync(key, entry, leaving);
        }
    }

    public void Dispose() => places.Dispose();

    // Null where too many wait.
    private Entry? Begin(ServerSweep sweep, FigureChoice choice, FigureForm form, (long Done, long Failed, DatasetStage Stage) state)
    {
        // Never disposed: without a timer it holds nothing, and whoever leaves may cancel it late.
        var abandonment = new CancellationTokenSource();
        var turn = places.AcquireAsync(1, abandonment.Token).AsTask();
        if (turn is { IsCompletedSuccessfully: true, Result.IsAcquired: false }) return null;
        var figure = Task.Run(() => DrawAsync(turn, sweep, choice, form));
        return new(state, figure, turn, abandonment.Cancel, source.Clock.GetTimestamp());
    }

    private async Task<Checked<RenderedFigure>> AwaitAsync(string key, Entry entry, CancellationToken leaving)
    {
        try
        {
            return await entry.Figure.WaitAsync(leaving).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            lock (gate)
            {
                // One that is being drawn is finished: somebody may come back for it.
                if (--entry.Awaiting > 0 || entry.Turn.IsCompleted) throw;
                if (entries.TryGetValue(key, out var kept) && kept == entry) entries.Remove(key);
                entry.Abandon();
            }
            throw;
        }
    }

    private bool IsOld(Entry entry)
    {
        if (!entry.Figure.IsCompleted) return false;
        var pause = entry.Took * PausePerDrawing;
        return source.Clock.GetElapsedTime(entry.Begun) > (pause > ShortestPause ? pause : ShortestPause);
    }

    private async Task<Checked<RenderedFigure>> DrawAsync(
        Task<RateLimitLease> turn, ServerSweep sweep, FigureChoice choice, FigureForm form)
    {
        using (var place = await turn.ConfigureAwait(false))
        {
            // Not acquired only where the server stops.
            if (!place.IsAcquired) throw new OperationCanceledException();
            // Nobody's leaving ends it: others wait for it, or will.
            var opening = await source.Datasets.OpenAsync(sweep.Id, CancellationToken.None).ConfigureAwait(false);
            if (!opening.IsRight) return Checked<RenderedFigure>.Wrong(opening.Mistakes);
            using var dataset = opening.Value;
            if (dataset.Spec.Hash != sweep.SpecHash)
                return Checked<RenderedFigure>.Wrong("the grid grows at this moment; the figure comes when the rows that it has are in place");
            var drawn = new FigurePainter(sweep.Id, choice, form, closedForms).Draw(dataset, CancellationToken.None);
            string text = form is FigureForm.Print ? drawn.Svg
                : await components.RenderAsync<FigureView>(("Figure", drawn), ("Sweep", sweep)).ConfigureAwait(false);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return Checked<RenderedFigure>.Right(RenderedFigure.Of(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
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

    private sealed class Entry(
        (long Done, long Failed, DatasetStage Stage) state, Task<Checked<RenderedFigure>> figure, Task turn, Action abandon, long begun)
    {
        public (long Done, long Failed, DatasetStage Stage) State => state;

        public Task<Checked<RenderedFigure>> Figure => figure;

        /// <summary>Completed when the drawing may begin.</summary>
        public Task Turn => turn;

        /// <summary>Gives up a place among those that wait.</summary>
        public Action Abandon => abandon;

        public long Begun => begun;

        /// <summary>How many wait for it.</summary>
        public int Awaiting { get; set; }

        public long LastUse { get; set; }

        public TimeSpan Took { get; set; }

        public long Bytes { get; set; }
    }
}
