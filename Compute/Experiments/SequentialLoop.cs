namespace Sweeps.Compute.Experiments;

/// <summary>One block after the other on the caller's thread.</summary>
public sealed class SequentialLoop : IParallelLoop
{
    public static SequentialLoop Instance { get; } = new();

    public void For(int count, Action<int> body)
    {
        for (int i = 0; i < count; i++) body(i);
    }
}
