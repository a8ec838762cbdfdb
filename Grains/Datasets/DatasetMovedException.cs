namespace Sweeps.Grains.Datasets;

/// <summary>The dataset was exchanged for another while a part was being placed in it.</summary>
public sealed class DatasetMovedException(string message) : IOException(message);
