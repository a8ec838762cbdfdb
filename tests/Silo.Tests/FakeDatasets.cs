using Sweeps.Grains.Hosts;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Datasets;

namespace Sweeps.Silo.Tests;

/// <summary>Datasets on which lanes do as the test says.</summary>
internal sealed class FakeDatasets(Journal journal) : ISiloDatasets
{
    /// <summary>Why a sweep is refused; null: it is not.</summary>
    public Func<SweepRecord, string?> Refuses { get; set; } = _ => null;

    /// <summary>Throws where opening fails.</summary>
    public Action<SweepRecord> Opens { get; set; } = _ => { };

    /// <summary>What a lane does; unless told otherwise it works until drain.</summary>
    public Func<LaneRun, Task> Works { get; set; } = run => run.UntilAsync(run.Drain);

    public Func<DatasetJob, CancellationToken, Task<DatasetJobResult>> Does { get; set; } = (_, _) => throw new NotSupportedException();

    public Task<DatasetOpening> OpenAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        Opens(sweep);
        if (Refuses(sweep) is { } reason) return Task.FromResult<DatasetOpening>(new DatasetOpening.Refused(reason));
        journal.Add($"open {sweep.Folder}");
        return Task.FromResult<DatasetOpening>(new DatasetOpening.Opened(new Dataset(this, journal, sweep)));
    }

    public Task<DatasetJobResult> DoAsync(DatasetJob job, CancellationToken cancellation)
    {
        journal.Add($"do {job.GetType().Name} {job.Sweep.Folder}");
        return Does(job, cancellation);
    }

    internal sealed record LaneRun(string Sweep, ILaneDevice Device, string Worker, CancellationToken Drain, CancellationToken Cancel)
    {
        /// <summary>Until one of them is cancelled.</summary>
        public Task UntilAsync(params CancellationToken[] tokens)
        {
            var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            foreach (var token in tokens) token.Register(() => over.TrySetResult());
            return over.Task.WaitAsync(Journal.Deadline);
        }
    }

    private sealed class Dataset(FakeDatasets owner, Journal journal, SweepRecord sweep) : ISiloDataset
    {
        public int PointsOf(int chunk) => 1;

        public async Task RunAsync(
            int lane, ILaneDevice device, ISweepGrain grain, string worker, IChunkProcess alone, CancellationToken drain,
            CancellationToken cancellation)
        {
            journal.Add($"run {sweep.Folder} {worker}");
            using var told = drain.Register(() => journal.Add($"drain {sweep.Folder}"));
            using var cut = cancellation.Register(() => journal.Add($"cancel {sweep.Folder}"));
            try
            {
                await owner.Works(new(sweep.Folder, device, worker, drain, cancellation));
            }
            finally
            {
                journal.Add($"ran {sweep.Folder} {worker}");
            }
        }

        public void Dispose() => journal.Add($"close {sweep.Folder}");
    }
}
