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
        var table = new PlainTable(
            output, new("threads", 7), new("d", 4), new("side", -6), new("block", 5), new("best [s]", 8, "F4"), new("median [s]", 10, "F4"),
            new("GFLOP/s", 7, "F1"), new("ratio", 5, "F2"), new("log-sum", 8, "F3"), new("participation", 13, "F4"),
            new("largest", 7, "F4"), new("load", 5));
        bool same = true, introduced = false;
        foreach (int threads in new[] { 1, 2 }.Where(threads => threads <= Environment.ProcessorCount))
        {
            using var peer = PeerProcess.Python("score.py", threads);
            foreach (int dimension in Dimensions)
            {
                var inputs = new ScoreInputs(dimension, Queries, Points);
                JsonElement about = Load(peer, inputs);
                if (!introduced) Introduce(output, about, table);
                introduced = true;
                same &= Compare(time, table, peer, inputs, about, threads);
            }
        }
        if (!same) output.WriteLine("          THE SIDES DISAGREE: these are not figures of the same work");
        return same ? 0 : 1;
    }

    private static void Introduce(TextWriter output, JsonElement about, PlainTable table)
    {
        Machine.Print(output, about);
        output.WriteLine($"job       M = {Queries} queries, n = {Points} points, float32, raw arrays to statistics, packing included;");
        output.WriteLine($"          best of {Rounds.Count} interleaved rounds; GFLOP/s counts 4 M n d, tiles without weight too; ratio = peer's seconds / ours;");
        output.WriteLine("          each peer with the block of queries that suits it best");
        table.Header();
    }

    private static bool Compare(
        TimeProvider time, PlainTable table, PeerProcess peer, ScoreInputs inputs, JsonElement about, int threads)
    {
        var job = new ScoreJob(inputs, threads);
        var outcomes = new ScoreOutcome[1 + PeerNames.Length];
        Timing[] timings = Rounds.Run(
        [
            new("sweeps", () => Rounds.Time(time, () => outcomes[0] = job.Run())),
            .. PeerNames.Select((name, i) => new Side(
                name,
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
            table.Row(
                threads, inputs.Dimension, timing.Name, side == 0 ? "" : about.GetProperty($"{timing.Name}_block"),
                timing.Best, timing.Median, job.FloatingPointOperations / timing.Best / 1e9, timing.Best / timings[0].Best,
                outcome.LogSum, outcome.Participation, outcome.LargestWeight, Machine.Load());
        }
        return outcomes.Skip(1).All(outcome => Agree(outcome, outcomes[0])) && Agree(outcomes[1], outcomes[2]);
    }

    /// <summary>Single precision over d terms of a sum leaves a few 1e-4 of a nat in a log-sum, and so as much of a weight.</summary>
    private static bool Agree(ScoreOutcome a, ScoreOutcome b) =>
        Math.Abs(a.LogSum - b.LogSum) < 2e-3 && Math.Abs(a.Participation - b.Participation) < 2e-3
        && Math.Abs(a.LargestWeight - b.LargestWeight) < 2e-3
        && Math.Abs(a.IndexSum - b.IndexSum) <= 2L * Points
        && Math.Abs(a.MeanSquare - b.MeanSquare) < 2e-3;

    private static ScoreOutcome Outcome(JsonElement answer) => new(
        answer.GetProperty("log_sum").GetDouble(), answer.GetProperty("participation").GetDouble(),
        answer.GetProperty("largest").GetDouble(), answer.GetProperty("index_sum").GetInt64(),
        answer.GetProperty("mean_square").GetDouble());

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
