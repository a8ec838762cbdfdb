using System.Text;
using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Figures;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>Makes the phase diagram part of a sweep's page.</summary>
internal sealed class DiagramViews(FigureCache figures, TimeProvider clock)
{
    // The page does not wait longer; a script fetches the figure, which is being drawn while the browser reads the page.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    public async Task<DiagramView> MakeAsync(ServerSweep sweep, SweepSpec spec, IQueryCollection address, CancellationToken cancellation)
    {
        Func<string, string?> asked = name => address[name].FirstOrDefault();
        var reading = new FigureChoiceReader(spec, asked).Read();
        if (!reading.IsRight) return new(spec, asked, null, reading.Mistakes, null);
        // The page's leaving ends no drawing: its script comes for the figure.
        if (figures.Get(sweep, reading.Value, FigureForm.Wide, CancellationToken.None) is not { } drawing)
            return new(spec, asked, reading.Value, [FigureCache.Busy], null);
        try
        {
            var figure = await drawing.WaitAsync(LongestWait, clock, cancellation).ConfigureAwait(false);
            return new(spec, asked, reading.Value, figure.Mistakes,
                figure is { IsRight: true, Value.Bytes.Length: <= RenderedFigure.MostBytesWithinPage } ? Encoding.UTF8.GetString(figure.Value.Bytes.Span) : null);
        }
        catch (TimeoutException)
        {
            return new(spec, asked, reading.Value, [], null);
        }
        catch (Exception unread) when (UnreadDataset.Is(unread))
        {
            return new(spec, asked, reading.Value, [UnreadDataset.Sentence(unread)], null);
        }
    }
}
