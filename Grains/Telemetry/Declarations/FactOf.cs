namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>Whom a figure is about, and so who reports it and how the figures of several silos become one.</summary>
public enum FactOf
{
    /// <summary>The process that reports it: each reports its own part, and the whole is their sum. <c>sum by (…)</c></summary>
    ProcessPart,

    /// <summary>
    /// The process that reports it, where only the extreme one matters. <c>max by (…)</c>; of what may run out, <c>min by (…)</c>
    /// </summary>
    ProcessExtreme,

    /// <summary>
    /// The cluster. The silo that holds the term of housekeeping reports what it has just read from the database, and nobody else does: one
    /// question for the whole cluster. Two may report for a moment while the term changes hands, each the same. <c>max by (…)</c>, never
    /// a sum over instances.
    /// </summary>
    Cluster,
}
