namespace Sweeps.Compute.Experiments;

/// <summary>
/// Runs independent blocks of one point's work, perhaps on many threads. Blocks write to places of their own, so results do not depend on order
/// or on the number of threads. The caller's thread takes part; loops may nest.
/// </summary>
public interface IParallelLoop
{
    /// <summary>Calls <paramref name="body"/> for 0 … count−1 and returns when all have returned; the first exception is thrown as it is.</summary>
    void For(int count, Action<int> body);
}
