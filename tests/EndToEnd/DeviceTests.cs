using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;

namespace Sweeps.EndToEnd;

/// <summary>
/// Sweeps on an OpenCL device, PoCL if there is no other: within error of the processor's, and the same bits each time.
/// Small, since PoCL is slow.
/// </summary>
public sealed class DeviceTests
{
    // All kernels: clones, planted weights of coordinates apart, reverse paths with the fused score, clones on data.
    private const string AllMeasures =
        """
        name: all-measures
        experiment: gaussian-mixture
        axes: { separation: [1, 2] }
        fixed: { dimension: 9, stiffness: 4, drift: 0.75, samples: 100, steps: 16, training_points: 90 }
        measure: [speciation, collapse, memorisation]
        seed: 5
        """;

    // Many points of a tenth of a second.
    private const string Longer =
        """
        name: longer
        experiment: gaussian-mixture
        axes:
          separation: { from: 0.5, to: 2, count: 12 }
          drift: [0, 0.5]
        fixed: { dimension: 32, stiffness: 4, samples: 4096, steps: 200 }
        measure: [speciation]
        seed: 3
        """;

    [Fact]
    public void A_sweep_on_a_device_is_verified_by_the_processor_and_the_other_way_round()
    {
        using var work = new Workplace();
        string spec = work.Spec("spec.yaml", AllMeasures);

        SweepsProcess.Run("run", spec, "--device", "opencl", "--out", work["device"]).Exits(0);
        Rows.AreWhole(work["device"], 2);
        Assert.Equal(["opencl", "opencl"], Devices(work["device"]));
        IsWithinError(SweepsProcess.Run("verify", work["device"], "--points", "100").Exits(0).Output);

        SweepsProcess.Run("run", spec, "--device", "cpu", "--out", work["cpu"]).Exits(0);
        Assert.Equal(["cpu", "cpu"], Devices(work["cpu"]));
        IsWithinError(SweepsProcess.Run("verify", work["cpu"], "--points", "100", "--device", "opencl").Exits(0).Output);
    }

    [Fact]
    public void A_sweep_on_a_device_that_is_killed_and_resumed_there_has_the_bits_of_an_undisturbed_one()
    {
        using var work = new Workplace();
        string spec = work.Spec("spec.yaml", Longer);
        SweepsProcess.Run("run", spec, "--device", "opencl", "--out", work["whole"]).Exits(0);

        using var staged = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(spec)!) { IncludeSubdirectories = true };
        watcher.Created += (_, file) =>
        {
            if (Path.GetFileName(file.FullPath).StartsWith("points-", StringComparison.Ordinal)) staged.Release();
        };
        watcher.EnableRaisingEvents = true;
        using (SweepsProcess process = SweepsProcess.Start("run", spec, "--device", "opencl", "--out", work["killed"]))
        {
            // The first points are measured then, and the last are not begun.
            Assert.True(staged.Wait(TimeSpan.FromMinutes(2)), "no row was staged");
            process.Kill();
        }
        Assert.Empty(Rows.Points(work["killed"]));

        SweepsProcess.Run("resume", work["killed"], "--device", "opencl").Exits(0);

        Rows.AreWhole(work["killed"], 24);
        Assert.Equal(Rows.Digest(work["whole"]), Rows.Digest(work["killed"]));
        Assert.Contains("3 of 24 finished points recomputed: every bit is the same",
            SweepsProcess.Run("verify", work["killed"], "--points", "3", "--device", "opencl").Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_here_ends_with_2_and_what_is_here()
    {
        using var work = new Workplace();
        string spec = work.Spec("spec.yaml", AllMeasures);
        var outcome = SweepsProcess.Run("run", spec, "--device", "opencl:99", "--out", work["data"]).Exits(2);
        Assert.Contains("--device opencl:99: there is no device opencl:99 here; there are cpu, ", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(work["data"]));
    }

    private static void IsWithinError(string output)
    {
        Assert.Contains("2 of 2 finished points recomputed: the same within 0.125 standard errors", output, StringComparison.Ordinal);
        Assert.Contains("largest difference: ", output, StringComparison.Ordinal);
    }

    private static string[] Devices(string dataset)
    {
        using var reader = DatasetReader.Open(dataset, ExperimentCatalogue.All);
        return [.. reader.ReadPoints([PointsSchema.Device])
            .SelectMany(batch => batch.Column<string>(PointsSchema.Device).Values.ToArray())];
    }
}
