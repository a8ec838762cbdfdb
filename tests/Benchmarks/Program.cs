using BenchmarkDotNet.Running;
using Sweeps.Benchmarks.Comparisons;
using Sweeps.Benchmarks.Distribution;

// `peers …` and `normals-distribution` are programs of our own; anything else goes to BenchmarkDotNet.
return args switch
{
    ["peers", .. string[] names] => Peers.Run(names, TimeProvider.System, Console.Out, Console.Error),
    ["normals-distribution", .. string[] options] => NormalsDistribution.Run(options, TimeProvider.System, Console.Out, Console.Error),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Peers).Assembly).Run(["--inProcess", .. args]).All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(r => r.Success)) ? 0 : 1,
};
