namespace Sweeps.Grains.Hosts;

/// <summary>
/// What a cluster's database says of a sweep. Whoever can write there may have made it up: nothing of it is believed before it is checked.
/// </summary>
/// <param name="Number">Of the sweep in the database.</param>
/// <param name="Folder">The dataset's folder under a silo's data folder, and the id that users see: name and number.</param>
/// <param name="Mark">Random, made at submission; the folder carries it, so that no silo writes where another cluster, or another file system, is.</param>
/// <param name="Generation">1, and one more with each extension.</param>
/// <param name="SpecJson">The canonical spec of this generation.</param>
/// <param name="SpecHash">Its hash.</param>
/// <param name="Chunks">Chunks of its plan.</param>
/// <param name="CutVersion">The rule by which it is cut.</param>
/// <param name="SoftwareVersion">Of whoever submitted it.</param>
public sealed record SweepRecord(
    long Number, string Folder, Guid Mark, int Generation, string SpecJson, string SpecHash, int Chunks, int CutVersion, string SoftwareVersion)
{
    /// <summary>What may compute it: a lane with both a processor and a device uses the one that is meant.</summary>
    public DeviceDemand Device { get; init; }
}
