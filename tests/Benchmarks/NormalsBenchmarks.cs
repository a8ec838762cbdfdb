using BenchmarkDotNet.Attributes;
using Sweeps.Compute.Random;

namespace Sweeps.Benchmarks;

/// <summary>Normals into a buffer that stays in the cache, one thread.</summary>
public class NormalsBenchmarks
{
    private readonly float[] normals = new float[4096];
    private readonly RandomStream stream = RandomStream.Of(1, "benchmark\n", "normals");

    [Benchmark(OperationsPerInvoke = 4096)]
    public void Fill() => NormalsSimd.Fill(stream, 0, normals);
}
