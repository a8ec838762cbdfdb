using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets;

/// <summary>The format that datasets are written and read in; nobody else names it.</summary>
public static class TableFormats
{
    /// <param name="threads">How many columns are coded at once; 0 for as many as there are processors.</param>
    public static ITableFormat Of(int threads) => new ParquetFormat(threads: threads);
}
