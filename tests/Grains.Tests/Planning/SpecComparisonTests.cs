using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Planning;

public class SpecComparisonTests
{
    private const string Old = "name: a\nexperiment: gaussian-mixture\naxes: { drift: [0, 1], dimension: [8, 16] }\nfixed: { sigma: 2 }";

    [Theory]
    [InlineData("sigma", "2.0")]
    [InlineData("sigma", "[2]")]
    [InlineData("name", "other")]
    [InlineData("samples", "4096")]
    [InlineData("measure", "[collapse, speciation]")]
    public void The_same_rows_are_the_same_sweep(string key, string value) =>
        Assert.IsType<SpecComparison.Same>(SpecComparison.Compare(SpecText.Spec(Old), SpecText.Spec(Old, (key, value))));

    [Theory]
    [InlineData("drift", "[0, 0.5, 1, 2]")]
    [InlineData("drift", "[-0.0, 1, 0.5]")]
    [InlineData("dimension", "[4, 8, 12, 16]")]
    [InlineData("sigma", "[1, 2, 3]")]
    [InlineData("samples", "{ from: 4096, to: 8192, count: 2 }")]
    public void More_values_extend_a_sweep(string key, string value) =>
        Assert.IsType<SpecComparison.Extension>(SpecComparison.Compare(SpecText.Spec(Old), SpecText.Spec(Old, (key, value))));

    [Theory]
    [InlineData("drift", "[0, 2]", "the axis drift lacks 1")]
    [InlineData("drift", "1", "drift was an axis of 2 values, and is 1 now")]
    [InlineData("drift", "[1, 0]", "the values of drift are in another order (an extension keeps the old one, 0, 1)")]
    [InlineData("sigma", "3", "sigma was 2, and is 3 now")]
    [InlineData("sigma", "[1, 3]", "the axis sigma lacks 2")]
    [InlineData("samples", "64", "samples was 4096, and is 64 now")]
    [InlineData("times", "[1, 2]", "the times of the curves were the experiment's own, and are 1, 2 now")]
    [InlineData("times", "[]", "the times of the curves were the experiment's own, and are none now")]
    [InlineData("measure", "[collapse]", "measured were speciation, collapse, and are collapse now")]
    [InlineData("seed", "1", "the seed was 0, and is 1 now")]
    public void Another_sweep_is_refused_with_the_difference_named(string key, string value, string difference)
    {
        var comparison = SpecComparison.Compare(SpecText.Spec(Old), SpecText.Spec(Old, (key, value)));
        Assert.Equal([difference], Assert.IsType<SpecComparison.Different>(comparison).Differences.AsEnumerable());
    }

    [Fact]
    public void All_differences_are_named()
    {
        var comparison = SpecComparison.Compare(SpecText.Spec(Old), SpecText.Spec(Old, ("seed", "5"), ("sigma", "1"), ("drift", "[0]")));
        Assert.Equal(
            ["sigma was 2, and is 1 now", "drift was an axis of 2 values, and is 0 now", "the seed was 0, and is 5 now"],
            Assert.IsType<SpecComparison.Different>(comparison).Differences.AsEnumerable());
    }

    [Fact]
    public void Axes_in_another_order_are_another_sweep()
    {
        var swapped = SpecText.Spec(SpecText.With("axes: { dimension: [8, 16, 32], drift: [0, 1] }", "fixed: { sigma: 2 }"));
        Assert.Equal(
            ["the axes were in the order drift, dimension, and are in the order dimension, drift now"],
            Assert.IsType<SpecComparison.Different>(SpecComparison.Compare(SpecText.Spec(Old), swapped)).Differences.AsEnumerable());
    }

    [Fact]
    public void Another_experiment_is_another_sweep()
    {
        var other = SpecText.Spec("name: a\nexperiment: other", new FakeMixture { Name = "other" });
        Assert.Equal(
            ["the experiment was gaussian-mixture, and is other now"],
            Assert.IsType<SpecComparison.Different>(SpecComparison.Compare(SpecText.Spec(Old), other)).Differences.AsEnumerable());
    }

    [Fact]
    public void A_grid_does_not_embed_into_another_sweep() =>
        Assert.Null(new PointGrid(SpecText.Spec(Old)).Embed(new PointGrid(SpecText.Spec(Old, ("seed", "1")))));

    /// <summary>
    /// Any extension: every old point is found again with the same keys, in the same order, and nothing else is taken for old.
    /// </summary>
    [Fact]
    public void An_embedding_keeps_keys_and_order()
    {
        // Three keys with 6 possible values each; masks choose those of the old and of the new grid.
        var mask = Gen.Choose(1, 63);
        var masks = from a in mask from b in mask from c in mask select (int[])[a, b, c];
        Prop.ForAll(masks.ToArbitrary(), masks.ToArbitrary(), (old, added) =>
        {
            var small = GridOf(old);
            var large = GridOf([.. old.Zip(added, (first, second) => first | second)]);
            var embedding = small.Embed(large);
            if (embedding is null) return false;

            long[] mapped = [.. Enumerable.Range(0, (int)small.Count).Select(index => embedding.Map(index))];
            bool keysAgree = mapped.Select((target, index) => large.KeysAt(target).Canonical() == small.KeysAt(index).Canonical())
                .All(agree => agree);
            bool ascending = mapped.Zip(mapped.Skip(1)).All(pair => pair.First < pair.Second);
            var expected = mapped.Select((target, index) => (target, index)).ToDictionary(pair => pair.target, pair => (long?)pair.index);
            bool inverse = Enumerable.Range(0, (int)large.Count).All(index => embedding.Source(index) == expected.GetValueOrDefault(index));
            return keysAgree && ascending && inverse && embedding.Count == small.Count;
        }).Check(Repeatable.Runs.WithMaxTest(200));
    }

    // Single values are fixed in half of the cases, and one-value axes in the others.
    private static PointGrid GridOf(int[] masks)
    {
        string[] names = ["drift", "sigma", "dimension"];
        List<string> axes = [], constants = [];
        for (int i = 0; i < names.Length; i++)
        {
            int[] values = [.. Enumerable.Range(0, 6).Where(bit => (masks[i] >> bit & 1) == 1).Select(bit => 1 + (bit * 5 % 6))];
            if (values.Length == 1 && masks.Sum() % 2 == 0) constants.Add($"  {names[i]}: {values[0]}");
            else axes.Add($"  {names[i]}: [{string.Join(", ", values)}]");
        }
        return new PointGrid(SpecText.Spec(SpecText.With(["axes:", .. axes, "fixed:", .. constants])));
    }
}
