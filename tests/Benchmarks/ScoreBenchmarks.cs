using BenchmarkDotNet.Attributes;

namespace Sweeps.Benchmarks;

/// <summary>The empirical-score job of 256 queries and 4096 points, one thread.</summary>
public class ScoreBenchmarks
{
    private const int Queries = 256;
    private const int Points = 4096;
    private ScoreJob? job;

    [Params(64, 256, 1024)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup() => job = new(new(Dimension, Queries, Points), 1);

    [Benchmark]
    public double Run() => job!.Run().LogSum;
}
