using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.ReverseSampler;

/// <summary>Block shapes and grids for the reverse sampler.</summary>
internal static class SamplerCase
{
    public const double Sigma = 1;

    /// <summary>One coordinate, a pair, a pair and a single one, and tiles that just do and do not fill.</summary>
    public static TheoryData<string, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<string, int>();
            foreach (int steps in new[] { 1, 2, 31, 32, 33, 64 })
                foreach (string name in new[] { "one", "pair", "pair+1", "7 drift", "67 drift", "31", "33", "64", "65" })
                    shapes.Add(name, steps);
            return shapes;
        }
    }

    public static GaussianMixture Mixture(string name) => name switch
    {
        "one" => MixtureCases.Isotropic(64, 1, Sigma),
        "pair" => Drifting(2, 1.5),
        "pair+1" => Drifting(3, 1.2),
        "7 drift" => Drifting(7, 1),
        "67 drift" => Drifting(67, 0.5),
        "97 drift" => Drifting(97, 0.5),
        "321 drift" => Drifting(321, 0.3),
        "31" => Stiff(31),
        "33" => Stiff(33),
        "64" => Stiff(64),
        "65" => Stiff(65),
        "300" => Stiff(300),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such shape"),
    };

    public static ReverseCoefficients Coefficients(GaussianMixture mixture, int steps, double horizon)
    {
        var times = new double[steps + 1];
        for (int k = 1; k <= steps; k++) times[k] = horizon * k / steps;
        return new(mixture.ActiveBlocks, Sigma, times);
    }

    private static GaussianMixture Drifting(long d, double separation) => new(d, separation, Sigma, 4, 0.8, ModeDirection.Uniform);

    private static GaussianMixture Stiff(long d) => new(d, 0.5, Sigma, 4, 0, ModeDirection.Uniform);
}
