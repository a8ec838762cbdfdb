using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Sweeps.Benchmarks.Comparisons;
using Sweeps.Benchmarks.Distribution;
using Sweeps.Benchmarks.Orchestration;
using Sweeps.Benchmarks.Recording;
using Sweeps.Benchmarks.Watching;

// `peers …`, `cluster …`, `telemetry …`, `watching …`, `score-sizes` and `normals-distribution` are programs of our own; anything else
// goes to BenchmarkDotNet.
return args switch
{
    ["peers", .. string[] names] => Peers.Run(names, TimeProvider.System, Console.Out, Console.Error),
    ["cluster", .. string[] options] => await ClusterBenchmark.RunAsync(options, TimeProvider.System, Console.Out, Console.Error),
    ["telemetry", .. string[] options] => await TelemetryBenchmark.RunAsync(options, TimeProvider.System, Console.Out, Console.Error),
    ["watching", .. string[] options] => await WatchingBenchmark.RunAsync(options, TimeProvider.System, Console.Out, Console.Error),
    ["score-sizes"] => ScoreSizes.Run(TimeProvider.System, Console.Out),
    ["normals-distribution", .. string[] options] => NormalsDistribution.Run(options, TimeProvider.System, Console.Out, Console.Error),
    _ => Measure(args),
};

// In this process: a generated project would look for one that is named after our assembly.
static int Measure(string[] args)
{
    IEnumerable<Summary> summaries = BenchmarkSwitcher.FromAssembly(typeof(Peers).Assembly).Run(["--inProcess", .. args]);
    return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
}
