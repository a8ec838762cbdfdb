using BenchmarkDotNet.Attributes;

namespace Sweeps.Benchmarks;

/// <summary>One block of 64 samples, 20 steps, all coordinates, one thread.</summary>
public class SamplerBenchmarks : IDisposable
{
    private FullDimensionSampler? sampler;

    [Params(256, 1024)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup() => sampler = new(Dimension);

    [Benchmark]
    public float Advance() => sampler!.Run();

    [GlobalCleanup]
    public void Dispose()
    {
        sampler?.Dispose();
        GC.SuppressFinalize(this);
    }
}
