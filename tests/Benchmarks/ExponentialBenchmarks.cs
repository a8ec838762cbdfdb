using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Sweeps.Compute.Kernels;
using Sweeps.Compute.Random;

namespace Sweeps.Benchmarks;

/// <summary>Elementary functions over an array that stays in the cache, one thread; time per value.</summary>
public unsafe class ExponentialBenchmarks : IDisposable
{
    private const int Count = 4096;
    private readonly AlignedBuffer input = new(Count);
    private readonly AlignedBuffer positive = new(Count);
    private readonly AlignedBuffer output = new(Count);

    [GlobalSetup]
    public void Setup()
    {
        NormalsSimd.Fill(RandomStream.Of(1, "benchmark\n", "exponential"), 0, input.Span);
        for (int i = 0; i < Count; i++) positive.Span[i] = MathF.Abs(input.Span[i]) + 1e-6f;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Exp2()
    {
        for (int i = 0; i < Count; i += 16)
            VectorMath.Exp2(-Vector512.Load(positive.Pointer + i)).Store(output.Pointer + i);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Log()
    {
        for (int i = 0; i < Count; i += 16) VectorMath.Log(Vector512.Load(positive.Pointer + i)).Store(output.Pointer + i);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Tanh()
    {
        for (int i = 0; i < Count; i += 16) VectorMath.Tanh(Vector512.Load(input.Pointer + i)).Store(output.Pointer + i);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        input.Dispose();
        positive.Dispose();
        output.Dispose();
        GC.SuppressFinalize(this);
    }
}
