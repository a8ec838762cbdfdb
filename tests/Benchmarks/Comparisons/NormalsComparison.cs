using System.Text.Json;
using Sweeps.Compute.Kernels;
using Sweeps.Compute.Random;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>
/// Standard normals in float32 on one thread, into a buffer that stays in the cache and into one that does not, beside PyTorch and numpy.
/// </summary>
internal static class NormalsComparison
{
    private const int Draws = 1 << 24;
    private static readonly (string Name, string Generator)[] Peers =
        [("torch", "torch"), ("numpy (PCG64)", "pcg64"), ("numpy (SFC64)", "sfc64")];

    public static int Run(TimeProvider time, TextWriter output)
    {
        Machine.Print(output);
        using var peer = PeerProcess.Python("normals.py", 1);
        var table = new PlainTable(
            output, new("buffer", -7), new("side", -14), new("best [s]", 9, "F4"), new("median [s]", 11, "F4"), new("ns/draw", 8, "F2"),
            new("ratio", 6, "F1"), new("mean", 9, "F5"), new("square", 9, "F5"), new("load", 6));
        bool lawful = true, introduced = false;
        foreach (int count in new[] { 4096, Draws })
        {
            JsonElement about = peer.Ask(new() { ["job"] = "prepare", ["count"] = count });
            if (!introduced) Introduce(output, about, table);
            introduced = true;
            lawful &= Compare(time, table, peer, count);
        }
        if (!lawful) output.WriteLine("          A SIDE'S MOMENTS ARE OFF by more than 6 standard errors");
        return lawful ? 0 : 1;
    }

    private static void Introduce(TextWriter output, JsonElement about, PlainTable table)
    {
        Machine.Print(output, about);
        output.WriteLine($"          {Draws} float32 normals a round, one thread, best of {Rounds.Count} interleaved rounds;");
        output.WriteLine("          ratio = peer's seconds / ours; mean and mean square of the buffer as the last call left it");
        table.Header();
    }

    private static bool Compare(TimeProvider time, PlainTable table, PeerProcess peer, int count)
    {
        int repeats = Draws / count;
        using var buffer = new AlignedBuffer(count);
        RandomStream stream = RandomStream.Of(1, "benchmark\n", "normals");
        var moments = new (double Mean, double Square)[1 + Peers.Length];
        Timing[] timings = Rounds.Run(
        [
            new("sweeps", () =>
            {
                ulong group = 0;
                double seconds = Rounds.Time(time, () =>
                {
                    for (int i = 0; i < repeats; i++, group += (ulong)(count / NormalsSimd.GroupSize))
                        NormalsSimd.Fill(stream, group, buffer.Span);
                });
                moments[0] = Moments(buffer.Span);
                return seconds;
            }),
            .. Peers.Select((side, i) => new Side(side.Name, () =>
            {
                JsonElement answer = peer.Ask(new() { ["job"] = "fill", ["generator"] = side.Generator, ["repeats"] = repeats });
                moments[1 + i] = (answer.GetProperty("mean").GetDouble(), answer.GetProperty("square").GetDouble());
                return answer.GetProperty("seconds").GetDouble();
            })),
        ]);
        bool lawful = true;
        string size = count * sizeof(float) < 1 << 20 ? $"{count * sizeof(float) >> 10} KiB" : $"{count * sizeof(float) >> 20} MiB";
        for (int i = 0; i < timings.Length; i++)
        {
            var (mean, square) = moments[i];
            table.Row(
                size, timings[i].Name, timings[i].Best, timings[i].Median, timings[i].Best / Draws * 1e9, timings[i].Best / timings[0].Best,
                mean, square, Machine.Load());
            lawful &= Math.Abs(mean) < 6 / Math.Sqrt(count) && Math.Abs(square - 1) < 6 * Math.Sqrt(2.0 / count);
        }
        return lawful;
    }

    private static (double Mean, double Square) Moments(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float x in values)
        {
            sum += x;
            squares += (double)x * x;
        }
        return (sum / values.Length, squares / values.Length);
    }
}
