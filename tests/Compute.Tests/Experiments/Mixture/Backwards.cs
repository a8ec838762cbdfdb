using Sweeps.Compute.Experiments;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>Blocks one by one, the last first.</summary>
internal sealed class Backwards : IParallelLoop
{
    public static Backwards Instance { get; } = new();

    public void For(int count, Action<int> body)
    {
        for (int i = count - 1; i >= 0; i--) body(i);
    }
}
