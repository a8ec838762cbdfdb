namespace Sweeps.Grains.Planning;

/// <summary>A run of consecutive points: the unit of leasing, of retry and of a part file.</summary>
/// <param name="Number">Place in the plan, from 0.</param>
/// <param name="FirstPoint">Grid index of the first point.</param>
/// <param name="Count">Number of points, 1 to 65 536.</param>
public readonly record struct Chunk(int Number, long FirstPoint, int Count)
{
    /// <summary>Grid index after the last point.</summary>
    public long EndPoint => FirstPoint + Count;
}
