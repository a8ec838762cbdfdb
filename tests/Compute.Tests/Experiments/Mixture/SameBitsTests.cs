using System.Diagnostics;
using Sweeps.Compute.Experiments;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>A point gives the same bits on every vector width, thread count and request.</summary>
public class SameBitsTests
{
    private static readonly PointKeys[] Points =
    [
        MixtureRuns.Keys(("dimension", 33), ("steps", 120), ("samples", 300), ("training_points", 400)),
        MixtureRuns.Keys(
            ("dimension", 9), ("stiffness", 4), ("drift", 0.8), ("direction", "uniform"), ("schedule", "edm"), ("steps", 120),
            ("samples", 300), ("training_points", 400)),
    ];

    /// <summary>
    /// Two processes of the same program, one told not to use 512-bit vectors. On a machine without them both are of 256 bits, and the
    /// test says only that two processes agree.
    /// </summary>
    [Fact]
    public async Task Another_vector_width_gives_the_same_bits()
    {
        string[] widest = await Print([]), narrow = await Print([("DOTNET_EnableAVX512", "0")]);
        Assert.Equal("width 256", narrow[0]);
        Assert.Equal(System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? "width 512" : "width 256", widest[0]);
        Assert.Equal(8, widest.Length);
        Assert.All(widest.Skip(1), line => Assert.True(line.Length > 500));
        Assert.Equal(widest.Skip(1), narrow.Skip(1));
        // The last of the estimates that every point has; a line holds value/error of all measures in their order, then of the curves.
        int memorised = MixtureRuns.Experiment.Quantities(MixtureRuns.Experiment.Measures).Select(quantity => quantity.Name).ToList()
            .IndexOf("memorised_fraction");
        Assert.All(widest.Skip(1), line => Assert.DoesNotContain("null", line.Split(' ')[memorised].Split('/')[0]));
    }

    [Fact]
    public void Threads_and_their_order_do_not_matter()
    {
        ExperimentRequest request = MixtureRuns.Request("speciation+collapse+memorisation");
        foreach (PointKeys keys in Points)
        {
            long?[] sequential = MixtureRuns.Measure(keys, request, SequentialLoop.Instance).Bits();
            Assert.Equal(sequential, MixtureRuns.Measure(keys, request, new Threads(8)).Bits());
            Assert.Equal(sequential, MixtureRuns.Measure(keys, request, Backwards.Instance).Bits());
        }
    }

    [Fact]
    public void Times_do_not_change_what_else_is_measured()
    {
        foreach (PointKeys keys in Points)
        {
            PointResult none = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse", []));
            foreach (double[]? times in new double[]?[] { null, [0.7], [3.9, 0.1, 2.2, 2.2] })
            {
                PointResult some = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse", times));
                Assert.Equal(none.Estimates.AsEnumerable(), some.Estimates.AsEnumerable());
                Assert.NotEmpty(some.Curves);
            }
            // A row of a curve does not depend on its neighbours either.
            PointResult one = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse", [0.7]));
            PointResult three = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse", [0.3, 0.7, 2]));
            Assert.All(one.Curves, sample => Assert.Contains(sample, three.Curves));
        }
    }

    [Fact]
    public void Measures_do_not_change_one_another()
    {
        foreach (PointKeys keys in Points)
        {
            PointResult both = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse"));
            PointResult speciation = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation")),
                collapse = MixtureRuns.Measure(keys, MixtureRuns.Request("collapse"));
            Assert.Equal(both.Estimates.AsEnumerable(), speciation.Estimates.Concat(collapse.Estimates));
            Assert.Equal(both.Curves.AsEnumerable(), speciation.Curves.Concat(collapse.Curves));
        }
    }

    [Fact]
    public void Memorisation_beside_other_measures_is_memorisation_alone()
    {
        PointKeys keys = MixtureRuns.Keys(("dimension", 5), ("steps", 60), ("samples", 64), ("training_points", 20), ("horizon", 2));
        PointResult all = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse+memorisation"));
        PointResult others = MixtureRuns.Measure(keys, MixtureRuns.Request("speciation+collapse")),
            memorisation = MixtureRuns.Measure(keys, MixtureRuns.Request("memorisation"));
        Assert.Equal(all.Estimates.AsEnumerable(), others.Estimates.Concat(memorisation.Estimates));
        Assert.Equal(all.Curves.AsEnumerable(), others.Curves.Concat(memorisation.Curves));
        Assert.NotEmpty(memorisation.Curves);
    }

    [Fact]
    public void Seeds_and_keys_change_the_numbers()
    {
        PointResult one = MixtureRuns.Measure(Points[0], MixtureRuns.Request("speciation+collapse", []));
        PointResult other = MixtureRuns.Measure(Points[0], MixtureRuns.Request("speciation+collapse", [], seed: 2));
        Assert.All(one.Estimates.Zip(other.Estimates).Where(pair => pair.First.Value is not null),
            pair => Assert.NotEqual(pair.First.Value, pair.Second.Value));
    }

    private static async Task<string[]> Print((string Name, string Value)[] environment)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Sweeps.BitPrinter.dll");
        Assert.True(File.Exists(program), program);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program])
        {
            RedirectStandardOutput = true,
        };
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("DOTNET_EnableAVX", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
