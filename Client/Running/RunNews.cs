using Sweeps.Dashboard.Display;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Running;

/// <summary>Puts a run's progress into words, and passes it on as it is to whoever else listens.</summary>
internal sealed class RunNews(ProgressText text, IProgress<ProgressNews> news, IProgress<SweepProgress>? other = null) : IProgress<SweepProgress>
{
    /// <inheritdoc/>
    public void Report(SweepProgress value)
    {
        news.Report(new(value.Points, value.PointsDone + value.PointsFailed, text.Line(value)));
        other?.Report(value);
    }
}
