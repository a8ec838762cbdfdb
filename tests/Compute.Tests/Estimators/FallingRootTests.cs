using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Estimators;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Estimators;

public class FallingRootTests
{
    /// <summary>(x − r)(x − s)(x − t) times a sign, with the roots in any order.</summary>
    [Fact]
    public void The_falling_root_nearest_to_0_of_a_cubic_with_three_roots_is_found()
    {
        Gen<double> root = Gen.Choose(-200, 200).Select(i => i / 100.0);
        Prop.ForAll(root.ArrayOf(3).ToArbitrary(), Gen.Elements(-1.0, 1, -0.01).ToArbitrary(), (roots, lead) =>
        {
            double[] r = [.. roots];
            Array.Sort(r);
            if (r[1] - r[0] < 0.01 || r[2] - r[1] < 0.01) return;
            double[] c = [-lead * r[0] * r[1] * r[2], lead * (r[0] * r[1] + r[0] * r[2] + r[1] * r[2]), -lead * r.Sum(), lead];
            double[] falling = lead > 0 ? [r[1]] : [r[0], r[2]];
            Assert.Equal(falling.Min(Math.Abs), Math.Abs(FallingRoot.Of(c, -3, 3)!.Value), 1e-7);
            foreach (double one in falling)
                Assert.Equal(one, FallingRoot.Of(c, one - 0.004, one + 0.004)!.Value, 1e-7);
        }).Check(Repeatable.Runs);
    }

    [Fact]
    public void A_monotone_cubic_has_its_one_root()
    {
        // −x³ − x + 2, root 1.
        Assert.Equal(1, FallingRoot.Of([2, -1, 0, -1], -5, 5)!.Value, 1e-12);
        Assert.Null(FallingRoot.Of([2, -1, 0, -1], -5, 0.9));
        Assert.Null(FallingRoot.Of([-2, 1, 0, 1], -5, 5));
    }

    [Fact]
    public void Parabolas_and_lines_count_as_cubics()
    {
        Assert.Equal(0.5, FallingRoot.Of([1, -2, 0, 0], -1, 1));
        Assert.Null(FallingRoot.Of([1, 2, 0, 0], -1, 1));
        // (x − 1)(x − 2) falls at 1.
        Assert.Equal(1, FallingRoot.Of([2, -3, 1, 0], 0, 3)!.Value, 1e-14);
        Assert.Null(FallingRoot.Of([2, -3, 1, 0], 1.5, 3));
        Assert.Null(FallingRoot.Of([0, 0, 0, 0], -1, 1));
    }
}
