namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>Parquet's types of values in pages.</summary>
internal enum PhysicalType
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Int96 = 3,
    Float = 4,
    Double = 5,
    ByteArray = 6,
    FixedLengthByteArray = 7,
}
