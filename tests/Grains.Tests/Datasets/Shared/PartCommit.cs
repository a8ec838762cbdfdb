using Sweeps.Grains.Datasets;

namespace Sweeps.Grains.Tests.Datasets.Shared;

internal static class PartCommit
{
    /// <summary>Stages and places, for whoever has nothing to do in between.</summary>
    public static void Commit(this PartPublication.Part part)
    {
        part.Stage();
        part.Place();
    }
}
