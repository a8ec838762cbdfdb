using Sweeps.Compute.Experiments;
using Sweeps.Grains.Telemetry;
using Sweeps.Silo.Datasets;

namespace Sweeps.Silo;

/// <summary>What the program finds around it.</summary>
internal sealed record SiloWorld
{
    /// <summary>Data: what <c>check</c> found, a chunk's answer.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Talk and log.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>A chunk's request.</summary>
    public required TextReader In { get; init; }

    /// <summary>Environment variables; null or empty for none.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required IReadOnlyCollection<IExperiment> Catalogue { get; init; }

    public required ISiloCluster Cluster { get; init; }

    /// <summary>The datasets under a data folder, their work recorded where somebody wants to know.</summary>
    public required Func<string, Recorders?, ISiloDatasets> Datasets { get; init; }

    /// <summary>Ends the process, now.</summary>
    public required Action<int> Exit { get; init; }

    public string Host { get; init; } = Environment.MachineName;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>One line of talk for each.</summary>
    /// <returns>An exit code: the request is wrong.</returns>
    public int Refuse(IEnumerable<string> mistakes)
    {
        foreach (string mistake in mistakes) Error.WriteLine(mistake);
        return Shell.ExitCode.WrongRequest;
    }
}
