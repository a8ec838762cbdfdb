using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Running;

/// <summary>A bar that is redrawn, for terminals.</summary>
internal sealed class ProgressBar(Terminal terminal) : IProgressDisplay
{
    /// <inheritdoc/>
    public async Task<T> ShowAsync<T>(Func<IProgress<ProgressNews>, Task<T>> work)
    {
        var words = new Words();
        return await TextTable.ConsoleFor(terminal.Error, true, terminal.Width).Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn { Width = Math.Clamp(terminal.Width / 6, 10, 30) }, words)
            .StartAsync(context => work(new Listener(context.AddTask("points"), words)))
            .ConfigureAwait(false);
    }

    private sealed class Listener(ProgressTask task, Words words) : IProgress<ProgressNews>
    {
        public void Report(ProgressNews value)
        {
            words.Say(value.Line);
            task.MaxValue = value.Points;
            task.Value = value.Finished;
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
