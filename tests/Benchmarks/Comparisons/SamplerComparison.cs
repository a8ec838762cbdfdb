using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>
/// The reverse sampler beside PyTorch: one Euler step; a slice of the clone experiment on all coordinates; and the whole clone experiment
/// on the one coordinate that feeds back into the class.
/// </summary>
internal static class SamplerComparison
{
    private const int Samples = 10_000;
    private const int StepRounds = 20;

    /// <summary>Of 19 times in four comparisons, in standard errors.</summary>
    private const double LargestDeviate = 5;
    private static readonly int[] Dimensions = [256, 1024];

    public static int Run(TimeProvider time, TextWriter output)
    {
        Machine.Print(output);
        var table = new SamplerTable(output);
        bool same = true, introduced = false;
        double worst = 0;
        foreach (int threads in new[] { 1, 2 }.Where(threads => threads <= Environment.ProcessorCount))
        {
            using var peer = PeerProcess.Python("clone_loop.py", threads);
            foreach (int dimension in Dimensions)
            {
                JsonElement about = peer.Ask(Job("prepare", threads, dimension));
                if (!introduced) Introduce(output, about, table);
                introduced = true;
                if (threads == 1) Steps(time, table, peer, dimension);
                var (step, lawful) = Slice(time, table, peer, dimension, threads);
                same &= lawful;
                worst = Math.Max(worst, WholeExperiment.Deviate(time, table, peer, dimension, threads, step));
            }
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"          clone probabilities of the whole experiment, ours against torch: largest difference {worst:F1} standard errors"));
        same &= worst < LargestDeviate;
        if (!same) output.WriteLine("          THE SIDES DISAGREE, with each other or with the law: not figures of the same work");
        return same ? 0 : 1;
    }

    private static void Introduce(TextWriter output, JsonElement about, SamplerTable table)
    {
        Machine.Print(output, about);
        output.WriteLine($"""
                      best of {Rounds.Count} interleaved rounds; ratio = peer's time for the same count / ours;
                      M/s = million coordinate-steps per second
              step    one Euler step on all coordinates, 64 samples of ours, 10 000 of torch's (peers/torch_step.py)
              slice   the clone experiment on all coordinates, 10 000 samples: 10 trunk steps, the clone, 10 clone steps
                      (peers/clone_loop.py); 'blocked': in place, in blocks of samples as ours, of the size best for torch
              whole   the whole clone experiment: 1000 steps, 19 branch times. Ours and 'torch, projected' leave out the d - 1
                      coordinates orthogonal to m, independent noise that neither feeds back into the class nor is read: exact.
                      Ours makes besides: 16 more branches, commitment times, entropies, jackknife errors. 'torch, extrapolated':
                      the loop on all coordinates, 8125 steps as long as those of its slice; not run.
            """);
        table.Header();
    }

    /// <summary>Ours runs 64 samples at a time through 20 steps; the peer 10 000 samples through one step, repeated.</summary>
    private static void Steps(TimeProvider time, SamplerTable table, PeerProcess peer, int dimension)
    {
        using var sampler = new FullDimensionSampler(dimension);
        int repeats = (int)Math.Max(1, (long)Samples * dimension * StepRounds / sampler.CoordinateSteps);
        double ours = (double)sampler.CoordinateSteps * repeats, theirs = (double)Samples * dimension * StepRounds;
        Timing[] timings = Rounds.Run(
        [
            new("sweeps", () => Rounds.Time(time, () =>
            {
                for (int i = 0; i < repeats; i++) sampler.Run();
            })),
            new("torch", () => peer.Seconds(new() { ["job"] = "step", ["steps"] = StepRounds })),
        ]);
        table.Row("step", 1, dimension, timings[0], ours, 1);
        table.Row("step", 1, dimension, timings[1], theirs, ours / timings[0].Best / (theirs / timings[1].Best));
    }

    /// <summary>Returns the seconds of one step of the plain loop, and whether the states of both sides follow the law.</summary>
    private static (double Step, bool Lawful) Slice(TimeProvider time, SamplerTable table, PeerProcess peer, int dimension, int threads)
    {
        using var slice = new CloneSlice(dimension, Samples, threads);
        const int Steps = CloneSlice.From - CloneSlice.To;
        JsonElement plain = default, blocked = default;
        Timing[] timings = Rounds.Run(
        [
            new("sweeps", () => Rounds.Time(time, slice.Run)),
            new("torch", () => (plain = peer.Ask(Job("plain", threads, dimension))).GetProperty("seconds").GetDouble()),
            new("torch, blocked", () => (blocked = peer.Ask(Job("blocked", threads, dimension))).GetProperty("seconds").GetDouble()),
        ]);
        double ours = slice.CoordinateSteps / timings[0].Best, theirs = (double)Samples * dimension * Steps;
        table.Row("slice", threads, dimension, timings[0], slice.CoordinateSteps, 1);
        foreach (Timing timing in timings.Skip(1)) table.Row("slice", threads, dimension, timing, theirs, ours / (theirs / timing.Best));
        var (trunkAlong, trunkSquare, cloneAlong, cloneSquare) = slice.Moments();
        bool lawful = Lawful(dimension, trunkAlong, trunkSquare, cloneAlong, cloneSquare);
        foreach (JsonElement answer in new[] { plain, blocked })
        {
            double Of(string name) => answer.GetProperty(name).GetDouble();
            lawful &= Lawful(dimension, Of("trunk_along"), Of("trunk_square"), Of("clone_along"), Of("clone_square"));
        }
        return (timings[1].Best / Steps, lawful);
    }

    /// <summary>Whether mean squares are those of P_t, within 6 standard errors and the 1 % that twenty Euler steps may be off.</summary>
    private static bool Lawful(int dimension, double trunkAlong, double trunkSquare, double cloneAlong, double cloneSquare)
    {
        return Near(CloneSlice.Branch, trunkAlong, trunkSquare) && Near(CloneSlice.To, cloneAlong, cloneSquare);

        bool Near(int k, double along, double square)
        {
            double rho = dimension * Math.Exp(-0.02 * k);
            return Math.Abs(along - 1 - rho) < 6 * Math.Sqrt((2 + 4 * rho) / Samples) + 0.01 * (1 + rho)
                && Math.Abs(square - 1 - rho / dimension) < 6 * Math.Sqrt((2 + 4 * rho / dimension) / Samples / dimension) + 0.01;
        }
    }

    private static JsonObject Job(string name, int threads, int dimension) => new()
    {
        ["job"] = name,
        ["threads"] = threads,
        ["dimension"] = dimension,
        ["samples"] = Samples,
        ["from"] = CloneSlice.From,
        ["branch"] = CloneSlice.Branch,
        ["to"] = CloneSlice.To,
    };
}
