using Sweeps.Compute.Models;

namespace Sweeps.Compute.Tests.Models;

/// <summary>dE/dt = −A E and dΣ/dt = −AΣ − ΣAᵀ + 2I, integrated by the classical fourth-order Runge–Kutta method.</summary>
internal static class MomentFlow
{
    public static (Matrix2 Propagator, Matrix2 Noise) Integrate(Matrix2 drift, double t, int steps)
    {
        double h = t / steps;
        (Matrix2 E, Matrix2 S) state = (Matrix2.Identity, default);
        for (int i = 0; i < steps; i++)
        {
            var k1 = Slope(drift, state.E, state.S);
            var k2 = Slope(drift, state.E + h / 2 * k1.E, state.S + h / 2 * k1.S);
            var k3 = Slope(drift, state.E + h / 2 * k2.E, state.S + h / 2 * k2.S);
            var k4 = Slope(drift, state.E + h * k3.E, state.S + h * k3.S);
            state = (state.E + h / 6 * (k1.E + 2 * k2.E + 2 * k3.E + k4.E), state.S + h / 6 * (k1.S + 2 * k2.S + 2 * k3.S + k4.S));
        }
        return state;
    }

    private static (Matrix2 E, Matrix2 S) Slope(Matrix2 a, Matrix2 e, Matrix2 s) =>
        (-1 * (a * e), 2 * Matrix2.Identity - a * s - s * a.Transpose());
}
