using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Workers;

namespace Sweeps.Silo.Datasets;

/// <summary>The datasets under a silo's data folder.</summary>
internal interface ISiloDatasets
{
    /// <summary>Opens a dataset to work on; nothing of the record is believed before it is checked.</summary>
    /// <exception cref="IOException">The data folder cannot be used for now.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    Task<DatasetOpening> OpenAsync(SweepRecord sweep, CancellationToken cancellation);

    /// <summary>Does what a dataset needs as a whole.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; whatever was done may be done again.</exception>
    /// <exception cref="IOException">The data folder cannot be used for now.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    Task<DatasetJobResult> DoAsync(DatasetJob job, CancellationToken cancellation);
}

/// <summary>One generation of a sweep, opened: lanes of this silo share it.</summary>
internal interface ISiloDataset : IDisposable
{
    /// <summary>Points that a chunk has to compute.</summary>
    int PointsOf(int chunk);

    /// <summary>Works with a lane on one device until the grain gives no more, or drain.</summary>
    /// <param name="lane">Number of the lane.</param>
    /// <param name="device">Computes.</param>
    /// <param name="grain">Gives leases.</param>
    /// <param name="worker">Name of the lane in them.</param>
    /// <param name="alone">Where dangerous chunks run.</param>
    /// <param name="drain">The lane claims no more, hands back what it has not begun, and finishes what it has.</param>
    /// <param name="cancellation">Chunks that are whole are published, all others handed back, at once.</param>
    /// <exception cref="Compute.Devices.DeviceException">The device is of no more use.</exception>
    /// <exception cref="IOException">The data folder cannot be used for now.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    Task RunAsync(
        int lane, ILaneDevice device, ISweepGrain grain, string worker, IChunkProcess alone, CancellationToken drain,
        CancellationToken cancellation);
}

/// <summary>What came of opening a dataset.</summary>
internal abstract record DatasetOpening
{
    private DatasetOpening()
    {
    }

    public sealed record Opened(ISiloDataset Dataset) : DatasetOpening;

    /// <summary>This silo cannot work on it, in one sentence.</summary>
    public sealed record Refused(string Reason) : DatasetOpening;
}

/// <summary>What came of a dataset's job.</summary>
internal abstract record DatasetJobResult
{
    private DatasetJobResult()
    {
    }

    /// <param name="Holdings">As for <see cref="ISiloServer.EndDatasetJobAsync"/>.</param>
    public sealed record Done(LedgerHoldings? Holdings) : DatasetJobResult;

    /// <summary>It cannot be done here, in one sentence.</summary>
    public sealed record Refused(string Reason) : DatasetJobResult;
}
