using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Tests.Models;

/// <summary>Mixtures for properties: all directions, small dimensions, odd ones too.</summary>
internal static class MixtureCases
{
    public static Arbitrary<GaussianMixture> Any { get; } = (
        from dimension in Gen.Choose(1, 9)
        from separation in Gen.Choose(1, 60)
        from sigma in Gen.Elements(0.1, 0.5, 1, 2)
        from stiffness in Gen.Elements(1, 1.0001, 4, 16, 64, 1000)
        from drift in Gen.Elements(0, 1e-4, 0.5, 0.999999, 1, 1.000001, 1.5, 6)
        from direction in Gen.Elements(Enum.GetValues<ModeDirection>())
        select new GaussianMixture(dimension, separation / 10.0, sigma, stiffness, drift, direction, Normal)).ToArbitrary();

    // Any fixed numbers of both signs do.
    public static double Normal(long i) => Math.Cos(1 + 2.3 * i) + 0.1;

    public static GaussianMixture Isotropic(long dimension, double separation, double sigma = 1) =>
        new(dimension, separation, sigma, 1, 0, ModeDirection.Slowest);

    /// <summary>A mixture by what its kernels must do: "isotropic", "stiff" (κ = 4) or "drift" (κ = 4, γ = 0.7).</summary>
    public static GaussianMixture Of(string law, long dimension, double separation, double sigma = 1) => law switch
    {
        "isotropic" => Isotropic(dimension, separation, sigma),
        "stiff" => new(dimension, separation, sigma, 4, 0, ModeDirection.Uniform),
        "drift" => new(dimension, separation, sigma, 4, 0.7, ModeDirection.Uniform),
        _ => throw new ArgumentOutOfRangeException(nameof(law), law, "no such law"),
    };

    /// <summary>The mixture of the published drift tables: d = 64, μ = σ = 1.</summary>
    public static GaussianMixture Published(double stiffness, double drift, ModeDirection direction = ModeDirection.Slowest) =>
        new(64, 1, 1, stiffness, drift, direction, Normal);
}
