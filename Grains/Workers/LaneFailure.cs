using System.Runtime.ExceptionServices;
using Sweeps.Compute.Devices;

namespace Sweeps.Grains.Workers;

/// <summary>Why a lane stops before its end: it is cancelled, or the first failure of any of its parts.</summary>
internal sealed class LaneFailure(CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private ExceptionDispatchInfo? failure;

    /// <summary>Nothing more is computed.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>Nothing more is written, either. What a device finished before it left is good.</summary>
    public bool IsFatal => Volatile.Read(ref failure) is { SourceException: not DeviceException };

    public void Fail(Exception thrown)
    {
        Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(thrown), null);
        stop.Cancel();
    }

    /// <summary>Throws the failure, if there is one.</summary>
    public void Throw() => failure?.Throw();

    public void Dispose() => stop.Dispose();
}
