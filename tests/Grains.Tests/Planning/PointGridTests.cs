using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Planning;

public class PointGridTests
{
    [Fact]
    public void The_last_axis_is_the_fastest()
    {
        var grid = new PointGrid(SpecText.Spec(SpecText.Example));
        Assert.Equal(112, grid.Count);
        Assert.Equal([0, 0, 0, 0], grid.Coordinates(0));
        Assert.Equal([0, 0, 0, 1], grid.Coordinates(1));
        Assert.Equal([0, 0, 1, 0], grid.Coordinates(7));
        Assert.Equal([1, 3, 1, 6], grid.Coordinates(111));
    }

    [Fact]
    public void A_point_has_all_keys_and_null_for_those_without_effect()
    {
        var grid = new PointGrid(SpecText.Spec(SpecText.Example));
        var ou = grid.KeysAt(grid.IndexOf([1, 2, 0, 3]));
        Assert.Equal(
            "dimension=256\nseparation=1.5\nsigma=1\nschedule=ou\nhorizon=10\nsteps=500\ndrift=0.75\nstiffness=4\ndirection=slowest\n"
                + "training_points=20000\nsamples=4096\n",
            ou.Canonical());
        var cosine = grid.KeysAt(grid.IndexOf([1, 2, 1, 3]));
        Assert.Equal(KeyValue.Null, cosine["horizon"]);
        Assert.Equal(KeyValue.Of("cosine"), cosine["schedule"]);
    }

    [Fact]
    public void A_spec_without_axes_is_one_point()
    {
        var grid = new PointGrid(SpecText.Spec(SpecText.With()));
        Assert.Equal(1, grid.Count);
        Assert.Empty(grid.Coordinates(0));
        Assert.Equal(0, grid.IndexOf([]));
        Assert.Equal(KeyValue.Of(64L), grid.KeysAt(0)["dimension"]);
    }

    [Fact]
    public void IndexOf_undoes_Coordinates() => Prop.ForAll(Sizes.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (sizes, pick) =>
    {
        var grid = GridOf(sizes);
        long index = pick % grid.Count;
        int[] coordinates = grid.Coordinates(index);
        bool inside = coordinates.Zip(sizes).All(pair => pair.First >= 0 && pair.First < pair.Second);
        return inside && grid.IndexOf(coordinates) == index;
    }).Check(Repeatable.Runs);

    [Fact]
    public void Consecutive_points_have_ascending_coordinates()
    {
        var grid = GridOf([3, 1, 4, 2]);
        var all = Enumerable.Range(0, (int)grid.Count).Select(index => grid.Coordinates(index)).ToList();
        Assert.Equal(24, all.Select(coordinates => string.Join(',', coordinates)).Distinct().Count());
        Assert.Equal(all, all.OrderBy(c => c[0]).ThenBy(c => c[1]).ThenBy(c => c[2]).ThenBy(c => c[3]));
    }

    [Fact]
    public void A_point_outside_the_grid_is_misuse()
    {
        var grid = GridOf([2, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.Coordinates(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.KeysAt(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.IndexOf([0, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.IndexOf([0]));
    }

    private static Gen<int[]> Sizes => Gen.Choose(1, 9).ArrayOf().Where(sizes => sizes.Length <= 5);

    private static PointGrid GridOf(int[] sizes)
    {
        string[] names = ["drift", "dimension", "sigma", "separation", "stiffness"];
        var axes = sizes.Select((size, i) => $"  {names[i]}: [{string.Join(", ", Enumerable.Range(1, size))}]");
        return new PointGrid(SpecText.Spec(SpecText.With(["axes:", .. axes])));
    }
}
