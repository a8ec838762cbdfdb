using Sweeps.Compute.Random;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Tests.Workers;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Hosts.Local;

/// <summary>Several devices on one sweep, and devices that leave it.</summary>
public sealed class LocalLanesTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Two_devices_share_a_sweep()
    {
        using var scratch = new SweepScratch();
        // Neither begins its second point before the other has begun its first.
        using var both = new Barrier(2);
        void Meet(int number)
        {
            if (number == 1) Assert.True(both.SignalAndWait(Deadline));
        }
        using FakeLaneDevice first = new("first", 1) { Meanwhile = Meet, Word = "a" }, second = new("second", 1) { Meanwhile = Meet, Word = "b" };

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([first, second], SweepScratch.Spec(SweepScratch.Small)));

        Assert.Equal(18, first.Begun + second.Begun);
        Assert.Equal(first.Begun, scratch.DeviceOfPoints().Values.Count(word => word == "a"));
        Assert.Equal(second.Begun, scratch.DeviceOfPoints().Values.Count(word => word == "b"));
        Assert.Equal(await RowsOnTheProcessor(), scratch.RowsButDevice());
    }

    [Fact]
    public async Task A_device_that_is_lost_twice_leaves_the_sweep_to_the_other_and_the_journal_names_it()
    {
        using var scratch = new SweepScratch();
        using var gone = new ManualResetEventSlim();
        using FakeLaneDevice bad = new("gpu:0 (Bad)") { IsLostAt = number => { if (number == 6) gone.Set(); return number is 3 or 6; } };
        using FakeLaneDevice good = new("gpu:1 (Good)") { Meanwhile = number => Assert.True(number > 1 || gone.Wait(Deadline)) };

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([bad, good], SweepScratch.Spec(SweepScratch.Small)));

        Assert.Equal((2, 0, 0), (bad.Losses, bad.InHand, good.InHand));
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small), scratch.Digest());
        Assert.Equal(18, scratch.PlainPoints().Count);
        Assert.Equal("gpu:0 (Bad): gpu:0 (Bad) is lost: error 719", Assert.Single(scratch.Events(), each => each.What == "retired").Detail);
        Assert.Equal("completed", scratch.Events()[^1].What);
    }

    [Fact]
    public async Task What_a_device_gives_back_when_the_other_has_ended_is_computed_all_the_same()
    {
        using var scratch = new SweepScratch();
        // Bad's one thread holds its claimed chunks until good has found no more to do, which nothing tells: as many points as bad leaves it.
        using var othersDone = new CountdownEvent(18 - 15);
        using FakeLaneDevice bad = new("bad", 1)
        {
            Meanwhile = number => Assert.True(number > 1 || othersDone.Wait(Deadline)),
            IsLostAt = _ => true,
        };
        using FakeLaneDevice good = new("good", 1) { Meanwhile = _ => { if (!othersDone.IsSet) othersDone.Signal(); } };

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([bad, good], SweepScratch.Spec(SweepScratch.Small)));

        Assert.Equal(2, bad.Losses);
        Assert.Equal(18, good.Begun);
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small), scratch.Digest());
    }

    [Fact]
    public async Task The_only_device_gone_ends_the_run_with_a_remedy_and_the_processor_finishes_it_with_the_same_rows()
    {
        using var scratch = new SweepScratch();
        using FakeLaneDevice only = new("gpu:0 (Only)", 1) { Word = "gpu", IsLostAt = number => number is 8 or 9 };

        var failed = Assert.IsType<SweepOutcome.MachineFailed>(await scratch.RunOn([only], SweepScratch.Spec(SweepScratch.Small)));

        Assert.Equal("gpu:0 (Only) is lost: error 719; see to the device and resume, or resume with --device cpu", failed.Sentence);
        Assert.Equal(["started", "retired", "failed"], scratch.Events().Select(each => each.What));
        Assert.Equal([0L, 1, 2, 3, 4], scratch.PlainPoints().Order());
        Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(null));
        Assert.Equal([("cpu", 13), ("gpu", 5)], scratch.DeviceOfPoints().Values.CountBy(word => word).Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal(await RowsOnTheProcessor(), scratch.RowsButDevice());
    }

    [Fact]
    public async Task A_device_that_cannot_be_opened_leaves_at_once()
    {
        using var scratch = new SweepScratch();
        using FakeLaneDevice closed = new("gpu:0 (Closed)", 3) { Closed = "the driver refuses: error 2" }, good = new("good");

        var failed = Assert.IsType<SweepOutcome.MachineFailed>(await scratch.RunOn([closed], SweepScratch.Spec(SweepScratch.Small)));
        Assert.StartsWith("the driver refuses: error 2; see to the device and resume", failed.Sentence);
        Assert.Empty(scratch.PlainPoints());

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([closed, good], null));
        Assert.Equal((0, 18), (closed.Begun, good.Begun));
        Assert.Equal("gpu:0 (Closed): the driver refuses: error 2", scratch.Events().Last(each => each.What == "retired").Detail);
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small), scratch.Digest());
    }

    [Fact]
    public async Task A_device_that_cannot_be_opened_again_after_its_loss_leaves()
    {
        using var scratch = new SweepScratch();
        FakeLaneDevice device = null!;
        device = new("gpu", 1) { IsLostAt = number => { if (number == 3) device.Closed = "the card has fallen off the bus"; return number == 3; } };
        using (device)
        {
            var failed = Assert.IsType<SweepOutcome.MachineFailed>(await scratch.RunOn([device], SweepScratch.Spec(SweepScratch.Small)));
            Assert.StartsWith("the card has fallen off the bus; ", failed.Sentence);
        }
        Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(null));
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small), scratch.Digest());
    }

    [Fact]
    public async Task A_chunk_that_takes_every_device_down_is_given_up_before_it_has_them_all_and_that_is_told()
    {
        using var scratch = new SweepScratch();
        var poison = SweepScratch.Experiment();
        FakeLaneDevice[] devices = [.. Enumerable.Range(0, 3).Select(i => new FakeLaneDevice($"gpu:{i}", 1))];
        var experiment = new Specs.FakeMixture
        {
            Cost = _ => 1,
            InTheMiddle = (keys, _) =>
            {
                if (keys["separation"].AsReal() == 1 && keys["drift"].AsReal() == 2)
                    throw new Compute.Devices.DeviceException(Compute.Devices.DeviceFailure.Lost, "lost over the third point");
            },
        };

        var failed = Assert.IsType<SweepOutcome.MachineFailed>(await scratch.RunOn(devices, SweepScratch.Spec(SweepScratch.Small, experiment)));

        Assert.Equal("1 of 4 chunks lost their device again and again and were given up; resume to try them anew, or resume with --device cpu", failed.Sentence);
        Assert.Equal(3, devices.Sum(device => device.Losses));
        Assert.Equal(Enumerable.Range(5, 13).Select(i => (long)i), scratch.PlainPoints().Order());
        Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(null, experiment: poison));
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small), scratch.Digest());
    }

    [Fact]
    public async Task A_cancelled_run_with_a_lost_device_hands_its_chunks_back()
    {
        using var scratch = new SweepScratch();
        using var cut = new CancellationTokenSource();
        using FakeLaneDevice device = new("gpu", 3) { IsLostAt = number => { if (number == 7) cut.Cancel(); return number == 7; } };

        Assert.Equal(new SweepOutcome.Interrupted(), await scratch.RunOn([device], SweepScratch.Spec(SweepScratch.Small), cancellation: cut.Token));

        Assert.Equal(new SweepOutcome.Completed(), await scratch.Run(null));
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small), scratch.Digest());
    }

    /// <summary>
    /// Two devices and a processor over seven chunks; each point may be the last of its device, with probability 1/16. Whatever the order in which
    /// losses, ends and new claims fall, the run ends, and the rows are those of an undisturbed one.
    /// </summary>
    [Fact]
    public async Task Losses_at_random_never_lock_a_sweep_up_nor_change_a_row()
    {
        string expected = await SweepScratch.Undisturbed(SweepScratch.Large);
        RandomStream losses = RandomStream.Of(4, "losses\n", "test");
        int completed = 0, retired = 0;
        for (int round = 0; round < 100; round++)
        {
            using var scratch = new SweepScratch();
            FakeLaneDevice[] devices = [.. Enumerable.Range(0, 2).Select(i => new FakeLaneDevice($"gpu:{i}", 1 + round % 3)
            {
                IsLostAt = number => losses.Uniform((ulong)(((round * 2) + i) * 4096 + number)) < 1.0 / 16,
            })];
            ILaneDevice[] all = round % 4 == 0 ? devices : [.. devices, new LaneProcessor(1)];

            var outcome = await scratch.RunOn(all, SweepScratch.Spec(SweepScratch.Large));

            Assert.All(devices, device => Assert.Equal(0, device.InHand));
            Assert.Equal(scratch.PlainPoints().Count, scratch.PlainPoints().Distinct().Count());
            retired += scratch.Events().Count(each => each.What == "retired");
            if (outcome is SweepOutcome.Completed) completed++;
            else
            {
                Assert.IsType<SweepOutcome.MachineFailed>(outcome);
                outcome = await scratch.Run(null);
            }
            Assert.Equal(new SweepOutcome.Completed(), outcome);
            Assert.Equal(expected, scratch.Digest());
        }
        Assert.InRange(completed, 50, 100);
        Assert.InRange(retired, 10, 200);
    }

    private static async Task<List<string>> RowsOnTheProcessor()
    {
        using var scratch = new SweepScratch();
        await scratch.Run(SweepScratch.Spec(SweepScratch.Small));
        return scratch.RowsButDevice();
    }
}
