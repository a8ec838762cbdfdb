using FsCheck;
using FsCheck.Fluent;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests;

public class RepeatableTests
{
    [Fact]
    public void A_property_is_tried_with_the_same_examples_in_every_run()
    {
        var first = Tried();
        Assert.Equal(100, first.Count);
        Assert.Equal(first, Tried());
    }

    private static List<int> Tried()
    {
        List<int> tried = [];
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), example =>
        {
            tried.Add(example);
            return true;
        }).Check(Repeatable.Runs);
        return tried;
    }
}
