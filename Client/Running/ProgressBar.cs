using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Running;

/// <summary>A bar that is redrawn, for terminals.</summary>
internal sealed class ProgressBar(Terminal terminal, ProgressText text) : IProgressDisplay
{
    /// <inheritdoc/>
    public async Task<T> ShowAsync<T>(Func<IProgress<SweepProgress>, Task<T>> work)
    {
        var words = new Words();
        return await TextTable.ConsoleFor(terminal.Error, true, terminal.Width).Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn { Width = Math.Clamp(terminal.Width / 6, 10, 30) }, words)
            .StartAsync(context => work(new Listener(context.AddTask("points"), words, text)))
            .ConfigureAwait(false);
    }

    private sealed class Listener(ProgressTask task, Words words, ProgressText text) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value)
        {
            words.Say(text.Line(value));
            task.MaxValue = value.Points;
            task.Value = value.PointsDone + value.PointsFailed;
        }
    }

    private sealed class Words : ProgressColumn
    {
        private volatile string line = "starting";

        protected override bool NoWrap => true;

        public void Say(string news) => line = news;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(line) { Overflow = Overflow.Ellipsis };
    }
}
