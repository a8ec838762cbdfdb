using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;
using Sweeps.Grains.Workers;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>
/// The whole clone experiment at one dimension: ours and PyTorch's on the projection, measured; the plain loop on all coordinates,
/// extrapolated from the seconds of its steps.
/// </summary>
internal static class WholeExperiment
{
    private const int Samples = 10_000;
    private const int Steps = 1000;

    /// <summary>t = 1.5 … 6.0, nineteen branch times, as grid indices.</summary>
    private static readonly int[] Branches = [.. Enumerable.Range(0, 19).Select(i => 150 + 25 * i)];

    /// <summary>Compares; returns by how many standard errors the clone probabilities of both sides differ at the worst time.</summary>
    public static double Deviate(TimeProvider time, SamplerTable table, PeerProcess peer, int dimension, int threads, double stepSeconds)
    {
        var experiment = new GaussianMixtureExperiment();
        var keys = new PointKeys(experiment.Keys, [.. experiment.Keys.Select(key => Value(key, dimension))]);
        var request = new ExperimentRequest(["speciation"], [.. Branches.Select(k => 0.01 * k)], 1);
        using var loop = new ParallelLoop(threads);
        PointResult result = null!;
        JsonElement projected = default;
        Timing[] timings = Rounds.Run(
        [
            new("sweeps", () => Rounds.Time(time, () => result = experiment.Measure(keys, request, new(loop), CancellationToken.None))),
            new("torch, projected", () => (projected = peer.Ask(Job(dimension))).GetProperty("seconds").GetDouble()),
        ]);
        double loopSeconds = (Steps + Branches.Sum()) * stepSeconds;
        foreach (Timing timing in timings) table.Row("whole", threads, dimension, timing, double.NaN, timing.Best / timings[0].Best);
        table.Row(
            "whole", threads, dimension, new("torch, extrapolated", loopSeconds, double.NaN), double.NaN, loopSeconds / timings[0].Best);
        return WorstDeviate(result, projected.GetProperty("same"));
    }

    /// <summary>Pairs that share a trunk are no worse than independent ones at each time.</summary>
    private static double WorstDeviate(PointResult result, JsonElement peer)
    {
        double worst = 0;
        foreach (CurveSample sample in result.Curves.Where(sample => sample.Observable == "clone_probability"))
        {
            int k = (int)Math.Round(sample.T * 100);
            double ours = sample.Estimate.Value!.Value, theirs = peer.GetProperty(k.ToString(CultureInfo.InvariantCulture)).GetDouble();
            double mean = Math.Clamp((ours + theirs) / 2, 1.0 / Samples, 1 - 1.0 / Samples);
            worst = Math.Max(worst, Math.Abs(ours - theirs) / Math.Sqrt(2 * mean * (1 - mean) / Samples));
        }
        return worst;
    }

    private static KeyValue Value(ExperimentKey key, int dimension) => key.Name switch
    {
        "dimension" => KeyValue.Of((long)dimension),
        "samples" => KeyValue.Of((long)Samples),
        "steps" => KeyValue.Of((long)Steps),
        "horizon" => KeyValue.Of(10.0),
        _ => key.Default,
    };

    private static JsonObject Job(int dimension) => new()
    {
        ["job"] = "projected",
        ["dimension"] = dimension,
        ["samples"] = Samples,
        ["steps"] = Steps,
        ["branches"] = new JsonArray([.. Branches.Select(k => JsonValue.Create(k))]),
    };
}
