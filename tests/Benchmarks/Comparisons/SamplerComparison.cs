using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>
/// The reverse sampler beside PyTorch: one Euler step; a slice of the clone experiment on all coordinates; and the whole clone experiment on the one
/// coordinate that feeds back into the class.
/// </summary>
internal static class SamplerComparison
{
    private const int Samples = 10_000;
    private const int StepRounds = 20;
    private static readonly int[] Dimensions = [256, 1024];

    public static int Run(TimeProvider time, TextWriter output)
    {
        Machine.Print(output);
        bool same = true, introduced = false;
        foreach (int threads in new[] { 1, 2 }.Where(threads => threads <= Environment.ProcessorCount))
        {
            using var peer = PeerProcess.Python("clone_loop.py", threads);
            foreach (int dimension in Dimensions)
            {
                JsonElement about = peer.Ask(Job("prepare", threads, dimension));
                if (!introduced) Introduce(output, about);
                introduced = true;
                if (threads == 1) Steps(time, output, peer, dimension);
                double step = Slice(time, output, peer, dimension, threads, ref same);
                same &= WholeExperiment.Compare(time, output, peer, dimension, threads, step);
            }
        }
        return same ? 0 : 1;
    }

    private static void Introduce(TextWriter output, JsonElement about)
    {
        Machine.Print(output, about);
        output.WriteLine($"          best of {Rounds.Count} interleaved rounds; ratio = peer's time for the same count / ours; M/s = million coordinate-steps per second");
        output.WriteLine("  step    one Euler step on all coordinates, 64 samples of ours, 10 000 of torch (peers/torch_step.py)");
        output.WriteLine("  slice   the clone experiment, all coordinates, 10 000 samples: 10 trunk steps, the clone, 10 clone steps (peers/clone_loop.py);");
        output.WriteLine("          'blocked': in place, samples in blocks that stay in the cache, as ours are");
        output.WriteLine("  whole   the whole clone experiment, 1000 steps, 19 branch times. The loop on all coordinates is extrapolated from its slice.");
        output.WriteLine("          Left out by ours and by 'torch, projected': the d - 1 coordinates orthogonal to m, independent noise that neither feeds back");
        output.WriteLine("          into the class nor is read (exact). Ours besides: 16 branches more, commitment times, entropies, errors by jackknife.");
        output.WriteLine("what    threads     d  side                  best [s]  median [s]       M/s   ratio   load");
    }

    /// <summary>Ours runs 64 samples at a time through 20 steps; the peer 10 000 samples through one step, repeated.</summary>
    private static void Steps(TimeProvider time, TextWriter output, PeerProcess peer, int dimension)
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
        Print(output, "step", 1, dimension, timings[0], ours, ours / timings[0].Best);
        Print(output, "step", 1, dimension, timings[1], theirs, ours / timings[0].Best);
    }

    /// <summary>Returns the seconds of one step of the plain loop.</summary>
    private static double Slice(TimeProvider time, TextWriter output, PeerProcess peer, int dimension, int threads, ref bool same)
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
        double ours = slice.CoordinateSteps / timings[0].Best;
        Print(output, "slice", threads, dimension, timings[0], slice.CoordinateSteps, ours);
        foreach (Timing timing in timings.Skip(1)) Print(output, "slice", threads, dimension, timing, (double)Samples * dimension * Steps, ours);
        var (trunkAlong, trunkSquare, cloneAlong, cloneSquare) = slice.Moments();
        bool lawful = Lawful(dimension, trunkAlong, trunkSquare, cloneAlong, cloneSquare);
        foreach (JsonElement answer in new[] { plain, blocked })
        {
            double Of(string name) => answer.GetProperty(name).GetDouble();
            lawful &= Lawful(dimension, Of("trunk_along"), Of("trunk_square"), Of("clone_along"), Of("clone_square"));
        }
        if (!lawful) output.WriteLine("          THE STATES DO NOT FOLLOW THE LAW: these are not figures of the same work");
        same &= lawful;
        return timings[1].Best / Steps;
    }

    /// <summary>Whether mean squares are those of P_t, within 6 standard errors and the 1 % that twenty Euler steps may be off.</summary>
    private static bool Lawful(int dimension, double trunkAlong, double trunkSquare, double cloneAlong, double cloneSquare)
    {
        return Near(CloneSlice.Branch, trunkAlong, trunkSquare) && Near(CloneSlice.To, cloneAlong, cloneSquare);

        bool Near(int k, double along, double square)
        {
            double rho = dimension * Math.Exp(-0.02 * k);
            return Math.Abs(along - 1 - rho) < 6 * Math.Sqrt((2 + 4 * rho) / Samples) + 0.01 * (1 + rho)
                && Math.Abs(square - 1 - rho / dimension) < 6 * Math.Sqrt((2 + 4 * rho / dimension) / ((double)Samples * dimension)) + 0.01;
        }
    }

    internal static void Print(TextWriter output, string what, int threads, int dimension, Timing timing, double coordinateSteps, double ours) =>
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-7} {threads,7} {dimension,5}  {timing.Name,-20} {timing.Best,9:F4} {timing.Median,11:F4} {coordinateSteps / timing.Best / 1e6,9:F1} {ours / (coordinateSteps / timing.Best),7:F1} {Machine.Load(),6}"));

    private static JsonObject Job(string name, int threads, int dimension) => new()
    {
        ["job"] = name,
        ["threads"] = threads,
        ["dimension"] = dimension,
        ["samples"] = Samples,
        ["block"] = 64,
        ["from"] = CloneSlice.From,
        ["branch"] = CloneSlice.Branch,
        ["to"] = CloneSlice.To,
    };
}
