using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Planning;

public class ChunkPlanTests
{
    // Costs from far under a nanosecond to far over the target, by keys that affect cost.
    private static readonly double[] Magnitudes = [1e-12, 7e-6, 1e-4, 3e-4, 0.011, 0.3, 1, 2.5, 4.9999999, 5, 60];

    [Fact]
    public void The_example_is_cut_at_five_seconds()
    {
        var plan = PlanOf(SpecText.Example, keys => keys["dimension"].AsInteger() == 64 ? 1.0 : 2.0, out _);
        Assert.Equal([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3], plan.Chunks().Take(13).Select(chunk => chunk.Count));
        Assert.Equal(112, plan.PointCount);
        Assert.Equal(56 * 1.0 + 56 * 2.0, plan.PredictedSeconds, 9);
        Assert.Equal(new Chunk(11, 55, 3), plan.ChunkAt(11)); // one point of 1 s, two of 2 s
        Assert.Equal(11, plan.ChunkOf(57).Number);
    }

    [Fact]
    public void Chunks_are_those_of_a_cut_point_by_point()
    {
        var sizes = Gen.Choose(1, 7).ArrayOf(4);
        Prop.ForAll(sizes.ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), Gen.Choose(0, 23).ToArbitrary(), (size, salt, order) =>
        {
            string text = SpecText.With(["axes:", .. AxesInOrder(size, order)]);
            double Cost(PointKeys keys) =>
                Magnitudes[(keys["dimension"].AsInteger() * 31 + keys["steps"].AsInteger() * 17 + salt) % Magnitudes.Length];
            var plan = PlanOf(text, Cost, out var experiment);
            return plan.Chunks().Select(chunk => chunk.Count)
                .SequenceEqual(CutPointByPoint(new PointGrid(SpecText.Spec(text, experiment)), Cost))
                && CoversEachPointOnce(plan);
        }).Check(Repeatable.Runs.WithMaxTest(200));
    }

    [Fact]
    public void A_chunk_closes_as_soon_as_it_costs_five_seconds()
    {
        var plan = PlanOf(SpecText.With("axes: { steps: { from: 1, to: 4000, count: 4000 } }"), keys => 1e-4 * keys["steps"].AsReal(),
            out _);
        foreach (var chunk in plan.Chunks())
        {
            double cost = Enumerable.Range((int)chunk.FirstPoint + 1, chunk.Count).Sum(steps => 1e-4 * steps);
            double last = 1e-4 * chunk.EndPoint;
            if (chunk.Number < plan.ChunkCount - 1) Assert.InRange(cost, 5 - 1e-9, 5 + last);
            Assert.True(cost - last < 5 + 1e-9);
        }
    }

    [Fact]
    public void Cheap_points_fill_chunks_of_65536()
    {
        var plan = PlanOf(SpecText.With("axes: { drift: { from: 0, to: 1, count: 200000 } }"), _ => 0, out var experiment);
        Assert.Equal([65_536, 65_536, 65_536, 3392], plan.Chunks().Select(chunk => chunk.Count));
        Assert.Equal(1, experiment.CostEvaluations);
    }

    [Fact]
    public void Ten_million_points_ask_for_a_cost_once_per_combination()
    {
        string text = SpecText.With(
            "axes:",
            "  separation: { from: 0, to: 1, count: 10 }",
            "  dimension: { from: 1, to: 100, count: 100 }",
            "  sigma: { from: 1, to: 2, count: 10 }",
            "  steps: { from: 1, to: 20, count: 20 }",
            "  drift: { from: 0, to: 1, count: 50 }");
        var plan = PlanOf(text, keys => 0.01 * keys["dimension"].AsReal() * keys["steps"].AsReal(), out var experiment);
        Assert.Equal(10_000_000, plan.PointCount);
        Assert.Equal(2000, experiment.CostEvaluations);
        Assert.Equal(0.01 * 5050 * 210 * 10 * 10 * 50, plan.PredictedSeconds, 3);
        Assert.True(CoversEachPointOnce(plan));
    }

    [Fact]
    public void Chunks_are_found_by_number_and_by_point_in_a_long_plan()
    {
        var plan = PlanOf(SpecText.With("axes: { steps: { from: 1, to: 50000, count: 50000 } }"),
            keys => keys["steps"].AsInteger() % 3 == 0 ? 5 : 2, out _);
        Assert.True(plan.ChunkCount > 10 * 1024);
        foreach (var chunk in plan.Chunks().Where(chunk => chunk.Number % 97 == 0 || chunk.Number % 1024 is 0 or 1023))
        {
            Assert.Equal(chunk, plan.ChunkAt(chunk.Number));
            Assert.Equal(chunk, plan.ChunkOf(chunk.FirstPoint));
            Assert.Equal(chunk, plan.ChunkOf(chunk.EndPoint - 1));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.ChunkAt(plan.ChunkCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.ChunkOf(50_000));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    public void A_cost_that_is_none_is_misuse(double cost) =>
        Assert.Throws<InvalidOperationException>(() => PlanOf(SpecText.Example, _ => cost, out _));

    private static ChunkPlan PlanOf(string text, Func<PointKeys, double> cost, out FakeMixture experiment)
    {
        experiment = new FakeMixture { Cost = cost };
        return new ChunkPlan(new PointGrid(SpecText.Spec(text, experiment)));
    }

    // Two axes that affect cost and two that do not, in one of 24 orders.
    private static string[] AxesInOrder(int[] sizes, int order)
    {
        List<string> left = ["dimension", "steps", "drift", "separation"];
        List<string> axes = [];
        for (int radix = 4; radix >= 1; radix--)
        {
            string name = left[order % radix];
            (order, _) = (order / radix, left.Remove(name));
            axes.Add($"  {name}: [{string.Join(", ", Enumerable.Range(1, sizes[radix - 1]))}]");
        }
        return [.. axes];
    }

    // The rule in words: take points in order; close when 5 s (whole nanoseconds, at least one per point) or 65 536 points are reached.
    private static List<int> CutPointByPoint(PointGrid grid, Func<PointKeys, double> cost)
    {
        List<int> counts = [];
        (long spent, int count) = (0, 0);
        for (long point = 0; point < grid.Count; point++)
        {
            double seconds = double.Parse(cost(grid.KeysAt(point)).ToString("E5", null), null);
            spent += Math.Max(1, (long)Math.Round(seconds * 1e9));
            count++;
            if (spent < 5_000_000_000 && count < 65_536) continue;
            counts.Add(count);
            (spent, count) = (0, 0);
        }
        if (count > 0) counts.Add(count);
        return counts;
    }

    private static bool CoversEachPointOnce(ChunkPlan plan)
    {
        long next = 0;
        int number = 0;
        foreach (var chunk in plan.Chunks())
        {
            if (chunk.Number != number++ || chunk.FirstPoint != next || chunk.Count is < 1 or > 65_536) return false;
            next = chunk.EndPoint;
        }
        return next == plan.PointCount && number == plan.ChunkCount;
    }
}
