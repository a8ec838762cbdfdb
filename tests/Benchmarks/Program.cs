using BenchmarkDotNet.Running;
using Sweeps.Benchmarks;

// `peers`: our sampler beside PyTorch's, in one run. Anything else: BenchmarkDotNet's own switches.
return args is ["peers"]
    ? PeerComparison.Run(TimeProvider.System, Console.Out)
    : BenchmarkSwitcher.FromAssembly(typeof(PeerComparison).Assembly).Run(args) is { } ? 0 : 1;
