namespace Sweeps.Client.Commands;

/// <summary>What the argument DIR|ID means.</summary>
internal abstract record SweepPlace
{
    private SweepPlace()
    {
    }

    /// <summary>A dataset's folder on this machine.</summary>
    public sealed record Folder(string Path) : SweepPlace;

    /// <summary>A sweep on a cluster.</summary>
    public sealed record OnCluster(string Id) : SweepPlace;
}
