namespace Sweeps.Grains.Datasets;

/// <summary>A dataset is not what it should be, or not what was asked for; the message is one sentence for people.</summary>
public sealed class DatasetException(string message, Exception? cause = null) : Exception(message, cause);
