namespace Sweeps.Simulation.Sweep;

/// <summary>What a file of the dataset says: rows, curves or failures of points, numbered as in one generation.</summary>
internal sealed record DataFile(int Generation, ulong Points);

/// <summary><c>sweep.json</c>.</summary>
internal sealed record ManifestFile(int Generation);

/// <summary>An empty file whose name says it all, and what an intent lists.</summary>
internal sealed record NoteFile(IReadOnlyList<string> Parts);
