using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Sweeps.Benchmarks;

/// <summary>
/// Coordinate-steps per second of the full-dimension sampler on one thread, then of a PyTorch loop (peers/torch_step.py), in one run, and the ratio.
/// Needs python3 with torch, at the path in <c>PYTHON</c> or /usr/bin/python3.
/// </summary>
internal static class PeerComparison
{
    private static readonly int[] Dimensions = [256, 1024];
    private const double Seconds = 3;

    public static int Run(TimeProvider time, TextWriter output)
    {
        string python = Environment.GetEnvironmentVariable("PYTHON") ?? "/usr/bin/python3";
        string script = Path.Combine(AppContext.BaseDirectory, "peers", "torch_step.py");
        var ours = Dimensions.ToDictionary(d => d, d => Rate(d, time));
        using var process = Process.Start(new ProcessStartInfo(python, [script, "--dimensions", string.Join(',', Dimensions)]) { RedirectStandardOutput = true })!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) return process.ExitCode;
        using JsonDocument peer = JsonDocument.Parse(line);
        output.WriteLine("dimension  sweeps [M/s]  torch [M/s]  ratio   (coordinate-steps per second, one thread)");
        foreach (int d in Dimensions)
        {
            double torch = peer.RootElement.GetProperty(FormattableString.Invariant($"d{d}")).GetProperty("coordinate_steps_per_s").GetDouble();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{d,9}  {ours[d] / 1e6,12:F0}  {torch / 1e6,11:F1}  {ours[d] / torch,5:F1}"));
        }
        return 0;
    }

    private static double Rate(int dimension, TimeProvider time)
    {
        using var sampler = new FullDimensionSampler(dimension);
        sampler.Run();
        long start = time.GetTimestamp(), runs = 0;
        for (; time.GetElapsedTime(start).TotalSeconds < Seconds; runs++) sampler.Run();
        return runs * sampler.CoordinateSteps / time.GetElapsedTime(start).TotalSeconds;
    }
}
