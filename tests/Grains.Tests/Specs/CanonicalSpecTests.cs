namespace Sweeps.Grains.Tests.Specs;

public class CanonicalSpecTests
{
    private const string Base = "name: a\nexperiment: gaussian-mixture\naxes: { drift: [0, 0.5, 1] }\nfixed: { sigma: 2 }\ntimes: [1, 2]";

    [Fact]
    public void The_canonical_text_is_complete()
    {
        string expected = """
            sweeps-spec 1
            experiment gaussian-mixture
            axis drift=0 0.5 1
            fixed dimension=64
            fixed separation=1
            fixed sigma=2
            fixed schedule=ou
            fixed horizon=10
            fixed steps=500
            fixed stiffness=1
            fixed direction=slowest
            fixed training_points=10000
            fixed samples=4096
            times=1 2
            measure=speciation collapse
            seed=0

            """;
        Assert.Equal(expected, SpecText.Spec(Base).Canonical());
    }

    [Fact]
    public void The_hash_never_changes() =>
        Assert.Equal("ae7853e202229ab8d29aa9a3e6e9921f63dec01212900164259b49ed64d7e7c7", SpecText.Spec(Base).Hash);

    [Theory]
    [InlineData("name: b\nexperiment: gaussian-mixture\naxes:\n  drift: { from: 0, to: 1, count: 3 }\n"
        + "fixed: { sigma: 2.0 }\ntimes: [2, 1]")]
    [InlineData("seed: 0\nname: a\nmeasure: [collapse, speciation]\nexperiment: 'gaussian-mixture'\n"
        + "times: [1, 2]\nfixed: { sigma: 2e0 }\naxes: { drift: [-0.0, .5, 1] }")]
    [InlineData("name: a\nexperiment: gaussian-mixture\naxes: { sigma: [2], drift: [0, 0.5, 1] }\n"
        + "times: [1, 2]\nfixed: { samples: 4096, horizon: 10 }")]
    public void Specs_that_mean_the_same_have_the_same_hash(string text) =>
        Assert.Equal(SpecText.Spec(Base).Hash, SpecText.Spec(text).Hash);

    [Theory]
    [InlineData("drift", "[0, 1, 0.5]")]
    [InlineData("drift", "[0, 0.5]")]
    [InlineData("sigma", "2.0000000000001")]
    [InlineData("times", "[]")]
    [InlineData("times", "[1]")]
    [InlineData("measure", "[speciation]")]
    [InlineData("seed", "1")]
    [InlineData("samples", "4097")]
    public void Specs_that_differ_have_another_hash(string key, string value) =>
        Assert.NotEqual(SpecText.Spec(Base).Hash, SpecText.Spec(Base, (key, value)).Hash);
}
