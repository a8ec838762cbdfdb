namespace Sweeps.Compute.Experiments;

/// <summary>What values a key of an experiment takes.</summary>
public enum KeyKind
{
    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A finite double.</summary>
    Real,

    /// <summary>One of a closed list of words.</summary>
    Choice,
}
