namespace Sweeps.Grains.Hosts;

/// <summary>What a cluster has made of a sweep's dataset.</summary>
public enum DatasetStage
{
    /// <summary>Submitted; a silo will make the folder.</summary>
    Absent,

    /// <summary>Chunks may be published.</summary>
    Ready,

    /// <summary>A silo writes the rows that a larger grid keeps; nothing is granted.</summary>
    Extending,

    /// <summary>Every chunk has ended, and the parts are merged, or stay where the file system cannot exchange folders.</summary>
    Finished,
}
