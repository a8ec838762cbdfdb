namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>How often a value occurs in a row.</summary>
internal enum Repetition
{
    Required = 0,
    Optional = 1,
    Repeated = 2,
}
