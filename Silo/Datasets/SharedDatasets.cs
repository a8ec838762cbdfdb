using Sweeps.Grains.Datasets.Shared;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Workers;

namespace Sweeps.Silo.Datasets;

/// <summary>Datasets on the file system that the silos share.</summary>
internal sealed class SharedDatasets(SharedDataset datasets, TimeProvider time) : ISiloDatasets
{
    /// <inheritdoc/>
    public Task<DatasetOpening> OpenAsync(SweepRecord sweep, CancellationToken cancellation) => Task.FromResult<DatasetOpening>(datasets.Open(sweep) switch
    {
        SharedAnswer<SharedSweep>.Done(var opened) => new DatasetOpening.Opened(new OpenedSweep(opened, time)),
        SharedAnswer<SharedSweep>.Refused(var sentence) => new DatasetOpening.Refused(sentence),
        _ => throw new InvalidOperationException("an answer is done or refused"),
    });

    /// <inheritdoc/>
    public Task<DatasetJobResult> DoAsync(DatasetJob job, CancellationToken cancellation) => Task.FromResult<DatasetJobResult>(
        datasets.Do(job, cancellation) switch
        {
            SharedAnswer<LedgerHoldings?>.Done(var holdings) => new DatasetJobResult.Done(holdings),
            SharedAnswer<LedgerHoldings?>.Refused(var sentence) => new DatasetJobResult.Refused(sentence),
            _ => throw new InvalidOperationException("an answer is done or refused"),
        });

    private sealed class OpenedSweep(SharedSweep sweep, TimeProvider time) : ISiloDataset
    {
        public int PointsOf(int chunk) => sweep.PointsOf(chunk);

        public Task RunAsync(
            ILaneDevice device, ISweepGrain grain, string worker, IChunkProcess alone, CancellationToken drain, CancellationToken cancellation) =>
            new Lane(device, grain, sweep.Grid, sweep.Plan, sweep.Kept, sweep.Publication, QuietWatch.Instance, time, alone, WhenPaused.Return)
                .RunAsync(worker, drain, cancellation);

        public void Dispose() => sweep.Dispose();
    }
}
