namespace Sweeps.EndToEnd;

/// <summary>The rows are a function of the spec alone.</summary>
public sealed class SameRowsTests
{
    // Every branch of the kernels: one coordinate, pairs, all coordinates; both forms of the empirical score; each kind of schedule.
    private const string Spec =
        """
        name: same-rows
        experiment: gaussian-mixture
        axes:
          direction: [slowest, uniform]
          stiffness: [1, 4]
          drift: [0, 0.75]
          schedule: [ou, cosine, entropy-aware]
        fixed: { dimension: 9, samples: 300, steps: 70, training_points: 150 }
        measure: [speciation, collapse]
        seed: 11
        """;

    [Fact]
    public void Threads_and_vector_widths_change_no_row()
    {
        using var work = new Workplace();
        string spec = work.Spec("spec.yaml", Spec);
        SweepsProcess.Run("run", spec, "--out", work["one"], "--threads", "1").Exits(0);
        SweepsProcess.Run("run", spec, "--out", work["eight"], "--threads", "8").Exits(0);
        var narrow = new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0", ["DOTNET_EnableAVX512F"] = "0" };
        Assert.Contains("256", SweepsProcess.Run(narrow, "devices").Exits(0).Output, StringComparison.Ordinal);
        SweepsProcess.Run(narrow, "run", spec, "--out", work["narrow"]).Exits(0);
        string expected = Rows.Digest(work["one"]);
        Rows.AreWhole(work["one"], 24);
        Assert.Equal(expected, Rows.Digest(work["eight"]));
        Assert.Equal(expected, Rows.Digest(work["narrow"]));
    }

    [Fact]
    public void Verify_finds_every_bit_again()
    {
        using var work = new Workplace();
        string spec = work.Spec("spec.yaml", Spec);
        SweepsProcess.Run("run", spec, "--out", work["data"]).Exits(0);
        SweepsProcess.Run("verify", work["data"], "--points", "24").Exits(0);
    }
}
