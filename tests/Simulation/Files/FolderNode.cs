namespace Sweeps.Simulation.Files;

/// <summary>A folder apart from its name: whoever holds it writes into it wherever it has been moved to.</summary>
internal sealed class FolderNode
{
    /// <summary>Files and folders by name.</summary>
    public SortedList<string, object> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Deleted: no name can be put here any more.</summary>
    public bool IsGone { get; set; }
}
