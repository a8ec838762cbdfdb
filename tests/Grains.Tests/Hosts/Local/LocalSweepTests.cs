using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Tests.Datasets;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Hosts.Local;

public sealed class LocalSweepTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Rows_do_not_depend_on_the_number_of_threads(int threads)
    {
        using var scratch = new SweepScratch();
        Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(SweepScratch.Spec(SweepScratch.Large), threads: threads));
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Large), scratch.Digest());
        Assert.Equal(["merged-000000000000.parquet"], Names(new DatasetFolder(scratch.Path).Points));
        Assert.Empty(Directory.GetFileSystemEntries(new DatasetFolder(scratch.Path).Staging));
    }

    [Fact]
    public async Task A_run_interrupted_anywhere_goes_on_to_the_same_rows()
    {
        string expected = await SweepScratch.Undisturbed(SweepScratch.Large);
        for (int calls = 1; calls <= 33; calls += 4)
        {
            using var scratch = new SweepScratch();
            using var cut = new CancellationTokenSource();
            int left = calls;
            var experiment = SweepScratch.Experiment(_ =>
            {
                if (Interlocked.Decrement(ref left) == 0) cut.Cancel();
            });
            var outcome = await scratch.Run(SweepScratch.Spec(SweepScratch.Large, experiment), cancellation: cut.Token);
            if (calls <= 32) Assert.Equal(new SweepOutcome.Interrupted(), outcome);
            var status = LocalSweepStatus.Read(scratch.Path, [SweepScratch.Experiment()]);
            if (calls <= 32) Assert.Equal("interrupted", status.Events[^1].What);

            var rest = SweepScratch.Experiment();
            Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(null, experiment: rest));
            Assert.Equal(32 - status.PointsDone, rest.MeasureCalls);
            Assert.Equal(expected, scratch.Digest());
        }
    }

    [Fact]
    public async Task An_extension_equals_a_run_from_scratch_and_computes_only_new_points()
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small));
        var experiment = SweepScratch.Experiment();
        var spec = SweepScratch.Spec(SweepScratch.Large, experiment);
        var opened = Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(spec));
        Assert.Equal(OpeningKind.Extended, opened.Kind);
        using (opened.Sweep) Assert.Equal(new SweepOutcome.Completed(), await opened.Sweep.RunAsync([new LaneProcessor(2)], null, CancellationToken.None));
        Assert.Equal(32 - 18, experiment.MeasureCalls);
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Large), scratch.Digest());

        opened = Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(spec));
        Assert.Equal(OpeningKind.AlreadyComplete, opened.Kind);
        opened.Sweep.Dispose();
    }

    [Fact]
    public async Task Failing_points_are_recorded_and_the_others_go_on()
    {
        using var scratch = new SweepScratch();
        var experiment = new FakeMixture
        {
            Cost = _ => 1,
            GivesNaN = keys => keys["drift"].AsReal() == 4,
            BeforeMeasure = keys => _ = keys["drift"].AsReal() == 2 ? throw new InvalidOperationException("a \"bad\"\nday") : 0,
        };
        Assert.Equal(new SweepOutcome.CompletedWithFailures(6), await scratch.Run(SweepScratch.Spec(SweepScratch.Small, experiment)));
        var status = LocalSweepStatus.Read(scratch.Path, [experiment]);
        Assert.Equal((12, 6, true), (status.PointsDone, status.PointsFailed, status.IsComplete));
        Assert.Equal([2, 4, 8, 10, 14, 16], status.Failures.Select(failed => failed.Point));
        Assert.Equal(("InvalidOperationException", "a \"bad\"\nday"), (status.Failures[0].Error, status.Failures[0].Cause));
        Assert.Equal(("ArithmeticException", "t_speciation is not finite"), (status.Failures[1].Error, status.Failures[1].Cause));
        Assert.Contains(KeyValuePair.Create("drift", "2"), status.Failures[0].Keys);
    }

    [Fact]
    public async Task A_chunk_without_any_row_counts_as_settled()
    {
        using var scratch = new SweepScratch();
        var experiment = SweepScratch.Experiment(_ => throw new ArithmeticException("never"));
        Assert.Equal(new SweepOutcome.CompletedWithFailures(18), await scratch.Run(SweepScratch.Spec(SweepScratch.Small, experiment)));
        Assert.Equal(18, experiment.MeasureCalls);
        Assert.Equal(new SweepOutcome.CompletedWithFailures(18), await scratch.Run(null, experiment: experiment));
        Assert.Equal(18, experiment.MeasureCalls);
    }

    [Fact]
    public async Task A_sweep_stops_when_its_failure_budget_is_spent_and_gets_it_anew()
    {
        using var scratch = new SweepScratch();
        var broken = SweepScratch.Experiment(_ => throw new ArithmeticException("never"));
        var spec = SweepScratch.Spec("name: a\nexperiment: gaussian-mixture\naxes: { drift: { from: 0, to: 999, count: 1000 } }\n", broken);
        var spent = Assert.IsType<SweepOutcome.FailureBudgetSpent>(await scratch.Run(spec));
        Assert.InRange(spent.Count, FailureBudget.AtLeast + 1, 200);
        var more = Assert.IsType<SweepOutcome.FailureBudgetSpent>(await scratch.Run(null, experiment: broken));
        Assert.InRange(more.Count, spent.Count + FailureBudget.AtLeast + 1, spent.Count + 200);
        Assert.Equal(new SweepOutcome.CompletedWithFailures(more.Count), await scratch.Run(null, experiment: SweepScratch.Experiment()));
    }

    [Fact]
    public async Task A_sweep_without_curves_has_no_curves_files()
    {
        using var scratch = new SweepScratch();
        Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(SweepScratch.Spec(SweepScratch.Small + "times: []\n")));
        Assert.Empty(Directory.GetFiles(new DatasetFolder(scratch.Path).Curves));
        Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(SweepScratch.Spec(SweepScratch.Large + "times: []\n")));
        Assert.Equal(32, scratch.PlainPoints().Count);
    }

    [Fact]
    public async Task Progress_tells_counts_and_the_last_point()
    {
        using var scratch = new SweepScratch();
        var opened = Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(SweepScratch.Spec(SweepScratch.Small)));
        using var sweep = opened.Sweep;
        var reports = new Reports();
        await sweep.RunAsync([new LaneProcessor(2)], reports, CancellationToken.None);
        var last = reports.All[^1];
        Assert.Equal((18L, 18L, 0L, 4, 4), (last.Points, last.PointsDone, last.PointsFailed, last.Chunks, last.ChunksSettled));
        Assert.Equal(2, last.Last!.Estimates.Length);
        Assert.True(last.PointsPerSecond > 0);
        Assert.Equal(0, reports.All[0].PointsDone);
    }

    [Fact]
    public async Task One_point_of_curves_can_be_read_alone()
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small));
        using var reader = DatasetReader.Open(scratch.Path, [SweepScratch.Experiment()]);
        var rows = Assert.Single(reader.ReadCurves(7));
        Assert.Equal([7, 7, 7, 7, 7, 7], rows.Column<long>("point").Values.ToArray());
        Assert.Equal((18L, 18L * 6), (reader.PointCount, reader.CurveRowCount));
        Assert.Equal(["drift", "t_speciation"], Assert.Single(reader.ReadPoints(["drift", "t_speciation"])).Schema.Columns.Select(c => c.Name));
    }

    [Fact]
    public async Task A_disk_that_fails_in_the_middle_ends_the_run_with_a_sentence_and_can_be_resumed()
    {
        using var scratch = new SweepScratch();
        var disk = new FaultyDisk(40);
        var failed = Assert.IsType<SweepOutcome.MachineFailed>(await scratch.Run(SweepScratch.Spec(SweepScratch.Small), disk));
        Assert.Equal($"{scratch.Path} cannot be written: the process dies; make room or give access, and resume",
            failed.Sentence.Replace("is dead", "dies", StringComparison.Ordinal));
        Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(null));
    }

    [Fact]
    public async Task A_paused_sweep_hands_out_nothing_until_it_is_resumed()
    {
        using var scratch = new SweepScratch();
        LocalSweep? sweep = null;
        using var measured = new CountdownEvent(1);
        var experiment = SweepScratch.Experiment(_ =>
        {
            if (measured.IsSet) return;
            sweep!.PauseAsync().Wait();
            measured.Signal(); // not before: else the test could resume first, and the sweep stay paused
        });
        sweep = Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(SweepScratch.Spec(SweepScratch.Large, experiment))).Sweep;
        using (sweep)
        {
            var run = sweep.RunAsync([new LaneProcessor(1)], null, CancellationToken.None);
            measured.Wait();
            Assert.False(run.IsCompleted);
            await sweep.ResumeAsync();
            Assert.Equal(new SweepOutcome.Completed(), await run);
        }
        var status = LocalSweepStatus.Read(scratch.Path, [experiment]);
        Assert.Equal(32, status.PointsDone);
        Assert.Contains(status.Events, e => e.What == "paused");
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(Path.GetFileName).Select(name => name!)];

    private sealed class Reports : IProgress<SweepProgress>
    {
        public List<SweepProgress> All { get; } = [];

        public void Report(SweepProgress value)
        {
            lock (All) All.Add(value);
        }
    }
}
