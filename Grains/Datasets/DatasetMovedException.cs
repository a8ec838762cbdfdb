namespace Sweeps.Grains.Datasets;

/// <summary>
/// The folder that was to be written is no longer the dataset's: that was extended, merged or taken over meanwhile, and has nothing of it.
/// </summary>
public sealed class DatasetMovedException(string message) : IOException(message);
