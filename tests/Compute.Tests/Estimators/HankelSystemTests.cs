using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Estimators;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Estimators;

public class HankelSystemTests
{
    /// <summary>Moments of a positive weight at as many places as terms, or more, and a known solution.</summary>
    [Fact]
    public void Solutions_are_given_back()
    {
        Gen<double> number = Gen.Choose(-100, 100).Select(i => i / 50.0);
        Prop.ForAll(Gen.Choose(1, 4).ToArbitrary(), number.ArrayOf(4).ToArbitrary(), (n, wanted) =>
        {
            var s = new double[2 * n - 1];
            for (int place = 0; place < n + 2; place++)
                for (int k = 0; k < s.Length; k++) s[k] += (1 + 0.3 * place) * Math.Pow(-1 + 2.0 * place / (n + 1), k);
            var g = new double[n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) g[i] += s[i + j] * wanted[j];
            var x = new double[4];
            Assert.True(HankelSystem.Solve(s, g, x));
            for (int i = 0; i < n; i++) Assert.Equal(wanted[i], x[i], 1e-9);
            Assert.All(x[n..], value => Assert.Equal(0, value));
        }).Check(Repeatable.Runs);
    }

    [Fact]
    public void Moments_of_fewer_places_than_terms_are_refused()
    {
        double[] one = [1, 0.5, 0.25, 0.125, 0.0625], none = [0, 0, 0, 0, 0];
        Assert.False(HankelSystem.Solve(one, [1, 1, 1], new double[4]));
        Assert.False(HankelSystem.Solve(none, [1, 1, 1], new double[4]));
        Assert.True(HankelSystem.Solve(one.AsSpan(0, 1), [2], new double[4]));
    }
}
