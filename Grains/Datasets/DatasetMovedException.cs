namespace Sweeps.Grains.Datasets;

/// <summary>The folder that was to be written is no longer the dataset's: it was extended, merged or taken over meanwhile. Nothing was written there.</summary>
public sealed class DatasetMovedException(string message) : IOException(message);
