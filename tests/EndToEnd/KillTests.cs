using Sweeps.Compute.Random;

namespace Sweeps.EndToEnd;

/// <summary>Real processes killed at random moments: nothing is lost, nothing is doubled, and the rows are those of an undisturbed run.</summary>
public sealed class KillTests
{
    private const int Kills = 20;

    // About twelve chunks of five predicted seconds, with curves, so that kills fall on every stage of a part's life.
    private const string Spec =
        """
        name: kills
        experiment: gaussian-mixture
        axes:
          separation: { from: 0.5, to: 2, count: 20 }
          drift: { from: 0, to: 1, count: 10 }
        fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 1000 }
        measure: [speciation]
        seed: 3
        """;

    private const string LargerSpec =
        """
        name: kills
        experiment: gaussian-mixture
        axes:
          separation: { from: 0.5, to: 2, count: 20 }
          drift: { from: 0, to: 1.2222222222222222, count: 12 }
        fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 1000 }
        measure: [speciation]
        seed: 3
        """;

    [Fact]
    public void Twenty_kills_at_random_moments_change_no_row()
    {
        using var work = new Workplace();
        string spec = work.Spec("spec.yaml", Spec);
        SweepsProcess.Run("run", spec, "--out", work["whole"]).Exits(0);
        string expected = Rows.Digest(work["whole"]);
        Rows.AreWhole(work["whole"], 200);

        RandomStream moments = RandomStream.Of(1, "kill moments\n", "test");
        int kills = 0;
        for (int round = 0; kills < Kills; round++)
        {
            string dataset = work[$"killed-{round}"];
            bool ended = false;
            while (!ended)
            {
                using SweepsProcess process = SweepsProcess.Start("run", spec, "--out", dataset);
                // From before the first file to well into the third chunk of a run.
                double seconds = 0.1 + 6 * moments.Uniform((ulong)kills);
                ended = kills >= Kills ? process.Wait().Exits(0) is { } : process.EndsWithin(TimeSpan.FromSeconds(seconds));
                if (ended) continue;
                process.Kill();
                kills++;
            }
            Assert.Equal(expected, Rows.Digest(dataset));
            Rows.AreWhole(dataset, 200);
        }
    }

    [Fact]
    public void Extending_keeps_the_finished_points_and_equals_the_larger_sweep_from_scratch_also_when_killed_in_the_middle()
    {
        using var work = new Workplace();
        string small = work.Spec("small.yaml", Spec), large = work.Spec("large.yaml", LargerSpec);
        SweepsProcess.Run("run", large, "--out", work["scratch"]).Exits(0);
        string expected = Rows.Digest(work["scratch"]);
        SweepsProcess.Run("run", small, "--out", work["extended"]).Exits(0);

        RandomStream moments = RandomStream.Of(2, "kill moments\n", "test");
        for (int kill = 0; kill < 6; kill++)
        {
            using SweepsProcess process = SweepsProcess.Start("run", large, "--out", work["extended"]);
            // Opening, re-indexing and exchanging take a fraction of a second: aim there, not at the computing that follows.
            if (process.EndsWithin(TimeSpan.FromSeconds(0.1 + 0.8 * moments.Uniform((ulong)kill)))) break;
            process.Kill();
            long[] points = Rows.Points(work["extended"]);
            Assert.Equal(points.Length, points.Distinct().Count());
            Assert.True(points.Length >= 200, $"{points.Length} points are left of 200");
        }
        SweepsProcess.Run("run", large, "--out", work["extended"]).Exits(0);
        Assert.Equal(expected, Rows.Digest(work["extended"]));
    }

    [Fact]
    public void SIGTERM_ends_with_130_says_how_to_go_on_and_resume_gives_the_same_rows()
    {
        using var work = new Workplace();
        string spec = work.Spec("spec.yaml", Spec);
        SweepsProcess.Run("run", spec, "--out", work["whole"]).Exits(0);
        using (SweepsProcess process = SweepsProcess.Start("run", spec, "--out", work["terminated"]))
        {
            Assert.False(process.EndsWithin(TimeSpan.FromSeconds(3)));
            process.Terminate();
            Assert.Contains("sweeps resume", process.Wait().Exits(130).Errors, StringComparison.Ordinal);
        }
        SweepsProcess.Run("resume", work["terminated"]).Exits(0);
        Assert.Equal(Rows.Digest(work["whole"]), Rows.Digest(work["terminated"]));
    }
}
