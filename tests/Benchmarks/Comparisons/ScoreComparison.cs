using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>The complete empirical-score job (see <see cref="ScoreJob"/>) beside PyTorch and numpy, on one and two threads.</summary>
internal static class ScoreComparison
{
    private const int Queries = 1024;
    private const int Points = 20_000;
    private static readonly int[] Dimensions = [64, 256, 1024];
    private static readonly string[] PeerNames = ["torch", "numpy"];

    public static int Run(TimeProvider time, TextWriter output)
    {
        Machine.Print(output);
        bool same = true, introduced = false;
        foreach (int threads in new[] { 1, 2 }.Where(threads => threads <= Environment.ProcessorCount))
        {
            using var peer = PeerProcess.Python("score.py", threads);
            foreach (int dimension in Dimensions)
            {
                var inputs = new ScoreInputs(dimension, Queries, Points, threads);
                JsonElement about = Load(peer, inputs);
                if (!introduced) Introduce(output, about);
                introduced = true;
                same &= Compare(time, output, peer, inputs, about, threads);
            }
        }
        return same ? 0 : 1;
    }

    private static void Introduce(TextWriter output, JsonElement about)
    {
        Machine.Print(output, about);
        output.WriteLine($"job       M = {Queries} queries, n = {Points} points, float32, raw arrays to statistics; best of {Rounds.Count} interleaved rounds;");
        output.WriteLine("          GFLOP/s counts 4 M n d; ratio = peer's seconds / ours; each peer at its own best block of queries");
        if (ScoreJob.Shortfall is string shortfall) output.WriteLine($"NOT ALIKE ours makes {shortfall}");
        output.WriteLine("threads     d  side           best [s]  median [s]  GFLOP/s  ratio   log-sum  participation  largest   load");
    }

    private static bool Compare(TimeProvider time, TextWriter output, PeerProcess peer, ScoreInputs inputs, JsonElement about, int threads)
    {
        var job = new ScoreJob(inputs, threads);
        var outcomes = new ScoreOutcome[1 + PeerNames.Length];
        Timing[] timings = Rounds.Run(
        [
            new("sweeps", () => Rounds.Time(time, () => outcomes[0] = job.Run())),
            .. PeerNames.Select((name, i) => new Side(
                $"{name} ({about.GetProperty($"{name}_block")})",
                () =>
                {
                    JsonElement answer = peer.Ask(new() { ["job"] = name });
                    outcomes[1 + i] = Outcome(answer);
                    return answer.GetProperty("seconds").GetDouble();
                })),
        ]);
        for (int side = 0; side < timings.Length; side++)
        {
            Timing timing = timings[side];
            ScoreOutcome outcome = outcomes[side];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{threads,7} {inputs.Dimension,5}  {timing.Name,-13} {timing.Best,9:F4} {timing.Median,11:F4} {job.FloatingPointOperations / timing.Best / 1e9,8:F1} {timing.Best / timings[0].Best,6:F2} {outcome.LogSum,9:F3} {outcome.Participation,14:F4} {outcome.LargestWeight,8:F4} {Machine.Load(),6}"));
        }
        bool same = outcomes.Skip(1).All(outcome => Agree(outcome, outcomes[0])) && Agree(outcomes[1], outcomes[2]);
        if (!same) output.WriteLine("          THE SIDES DISAGREE: these are not figures of the same work");
        return same;
    }

    /// <summary>Single precision over d terms of a sum leaves a few 1e-4 of a nat in a log-sum, and so as much of a weight.</summary>
    private static bool Agree(ScoreOutcome a, ScoreOutcome b) =>
        Math.Abs(a.LogSum - b.LogSum) < 2e-3 && Math.Abs(a.Participation - b.Participation) < 2e-3
        && Math.Abs(a.LargestWeight - b.LargestWeight) < 2e-3
        && (a.IndexSum is not long first || b.IndexSum is not long second || Math.Abs(first - second) <= 2L * Points)
        && (a.MeanSquare is not double one || b.MeanSquare is not double other || Math.Abs(one - other) < 2e-3);

    private static ScoreOutcome Outcome(JsonElement answer) => new(
        answer.GetProperty("log_sum").GetDouble(), answer.GetProperty("participation").GetDouble(), answer.GetProperty("largest").GetDouble(),
        answer.GetProperty("index_sum").GetInt64(), answer.GetProperty("mean_square").GetDouble());

    private static JsonElement Load(PeerProcess peer, ScoreInputs inputs)
    {
        string folder = Directory.CreateTempSubdirectory("sweeps-score-").FullName;
        try
        {
            string queries = Path.Combine(folder, "queries.f32"), data = Path.Combine(folder, "data.f32");
            File.WriteAllBytes(queries, MemoryMarshal.AsBytes<float>(inputs.Queries));
            File.WriteAllBytes(data, MemoryMarshal.AsBytes<float>(inputs.Data));
            return peer.Ask(new()
            {
                ["job"] = "load",
                ["queries"] = queries,
                ["data"] = data,
                ["dimension"] = inputs.Dimension,
                ["decay"] = inputs.Decay,
                ["variance"] = inputs.Variance,
            });
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
