using Sweeps.Grains.Hosts;

namespace Sweeps.Silo.Datasets;

/// <summary>The datasets that lanes work on now, each opened once, and closed when its last lane leaves.</summary>
internal sealed class OpenDatasets(ISiloDatasets datasets)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(long Number, int Generation), Shared> open = [];

    /// <summary>Datasets in use.</summary>
    public int Count
    {
        get
        {
            lock (gate) return open.Count;
        }
    }

    /// <returns>The dataset, until it is disposed of; or why it cannot be had.</returns>
    public async Task<(Rental? Rental, string? Refusal)> RentAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        var key = (sweep.Number, sweep.Generation);
        Shared shared;
        lock (gate)
        {
            if (!open.TryGetValue(key, out shared!)) open.Add(key, shared = new(datasets, sweep));
            shared.Users++;
        }
        try
        {
            var opening = await shared.Opening.Value.WaitAsync(cancellation).ConfigureAwait(false);
            if (opening is DatasetOpening.Opened opened) return (new Rental(opened.Dataset, () => Leave(key, shared)), null);
            Leave(key, shared);
            return (null, ((DatasetOpening.Refused)opening).Reason);
        }
        catch
        {
            Leave(key, shared);
            throw;
        }
    }

    private void Leave((long Number, int Generation) key, Shared shared)
    {
        lock (gate)
        {
            if (--shared.Users > 0) return;
            open.Remove(key);
        }
        // It may still be on its way when the last lane goes.
        _ = shared.Opening.Value.ContinueWith(
            static opening => (opening.Result as DatasetOpening.Opened)?.Dataset.Dispose(), CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>A lane's share in an open dataset.</summary>
    internal sealed class Rental(ISiloDataset dataset, Action leave) : IDisposable
    {
        private Action? leave = leave;

        public ISiloDataset Dataset => dataset;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }

    private sealed class Shared(ISiloDatasets datasets, SweepRecord sweep)
    {
        public int Users { get; set; }

        /// <summary>Begun by the first who asks, for all: no lane's token ends it for the others.</summary>
        public Lazy<Task<DatasetOpening>> Opening { get; } = new(() => Task.Run(() => datasets.OpenAsync(sweep, CancellationToken.None)));
    }
}
