using Sweeps.Grains.Datasets.Shared;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Workers;

namespace Sweeps.Silo.Datasets;

/// <summary>Datasets on the file system that the silos share.</summary>
internal sealed class SharedDatasets(SharedDataset datasets, Recorders? recorders, TimeProvider time) : ISiloDatasets
{
    /// <inheritdoc/>
    public Task<DatasetOpening> OpenAsync(SweepRecord sweep, CancellationToken cancellation) => Task.FromResult<DatasetOpening>(datasets.Open(sweep) switch
    {
        SharedAnswer<SharedSweep>.Done(var opened) => new DatasetOpening.Opened(new OpenedSweep(opened, sweep.Folder, recorders, time)),
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

    private sealed class OpenedSweep : ISiloDataset
    {
        private readonly SharedSweep sweep;
        private readonly SweepRecorder? recorder;
        private readonly TimeProvider time;

        public OpenedSweep(SharedSweep sweep, string id, Recorders? recorders, TimeProvider time)
        {
            (this.sweep, this.time) = (sweep, time);
            if (recorders is null) return;
            recorder = new(recorders, id, sweep.Grid.Spec);
            sweep.Publication.Placed = recorder.Placed;
        }

        public int PointsOf(int chunk) => sweep.PointsOf(chunk);

        public Task RunAsync(
            int lane, ILaneDevice device, ISweepGrain grain, string worker, IChunkProcess alone, CancellationToken drain,
            CancellationToken cancellation) =>
            new Lane(
                device, grain, sweep.Grid, sweep.Plan, sweep.Kept, sweep.Publication, QuietWatch.Instance, time, alone, WhenPaused.Return,
                recorder?.Lane(lane, device)).RunAsync(worker, drain, cancellation);

        public void Dispose()
        {
            recorder?.Dispose();
            sweep.Dispose();
        }
    }
}
