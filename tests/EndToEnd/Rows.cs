using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;

namespace Sweeps.EndToEnd;

/// <summary>What a dataset holds, as a test compares it.</summary>
internal static class Rows
{
    /// <summary>Digest of all rows, whatever files they lie in.</summary>
    public static string Digest(string dataset)
    {
        using var reader = DatasetReader.Open(dataset, ExperimentCatalogue.All);
        return DatasetDigest.Of(reader);
    }

    /// <summary>Point indices as stored, duplicates and all, in any order.</summary>
    public static long[] Points(string dataset)
    {
        using var reader = DatasetReader.Open(dataset, ExperimentCatalogue.All);
        return [.. reader.ReadPoints(["point"]).SelectMany(batch => batch.Column<long>("point").Values.ToArray())];
    }

    /// <summary>Asserts that points 0 … count−1 are there, each once.</summary>
    public static void AreWhole(string dataset, int count) =>
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), Points(dataset).Order());
}
