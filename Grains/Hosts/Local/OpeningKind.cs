namespace Sweeps.Grains.Hosts.Local;

/// <summary>What a folder was when a sweep was opened in it.</summary>
public enum OpeningKind
{
    /// <summary>The folder was empty, or not there.</summary>
    New,

    /// <summary>The same sweep was begun there before.</summary>
    Continued,

    /// <summary>A smaller sweep was there, and its rows are kept.</summary>
    Extended,

    /// <summary>Every chunk is settled; a run has at most files to merge.</summary>
    AlreadyComplete,
}
