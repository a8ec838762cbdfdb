using Sweeps.Compute.Experiments;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>Blocks on as many threads as given, in whatever order they come.</summary>
internal sealed class Threads(int count) : IParallelLoop
{
    public static Threads All { get; } = new(Environment.ProcessorCount);

    public void For(int blocks, Action<int> body) => Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = count }, body);
}
