using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Running;

/// <summary>A bar that is redrawn, for terminals.</summary>
internal sealed class ProgressBar(Terminal terminal) : IProgressDisplay
{
    /// <inheritdoc/>
    public async Task<T> ShowAsync<T>(Func<Action<RunProgress>, Task<T>> work)
    {
        var words = new Words();
        return await TextTable.ConsoleFor(terminal.Error, true, terminal.Width).Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn { Width = Math.Clamp(terminal.Width / 4, 10, 40) }, words)
            .StartAsync(async context =>
            {
                var task = context.AddTask("points", autoStart: true);
                return await work(progress =>
                {
                    words.Progress = progress;
                    task.MaxValue = Math.Max(1, progress.Total);
                    task.Value = progress.Done;
                }).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private sealed class Words : ProgressColumn
    {
        private volatile string text = "starting";

        public RunProgress Progress
        {
            set => text = ProgressText.Line(value);
        }

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(text) { Overflow = Overflow.Ellipsis };
    }
}
