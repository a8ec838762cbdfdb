using System.Collections.Immutable;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>What came of opening a folder to run a sweep in it.</summary>
public abstract record LocalSweepOpening
{
    private LocalSweepOpening()
    {
    }

    /// <summary>Ready to run; the folder is locked until the sweep is disposed.</summary>
    public sealed record Opened(LocalSweep Sweep, OpeningKind Kind) : LocalSweepOpening;

    /// <summary>Nothing will run here, and nothing was written.</summary>
    /// <param name="Sentences">What is wrong and what to do, one sentence each, at least one.</param>
    /// <param name="IsMachineFault">Whether the machine is to blame (exit code 3), not the request (2).</param>
    public sealed record Refused(ImmutableArray<string> Sentences, bool IsMachineFault) : LocalSweepOpening;
}
