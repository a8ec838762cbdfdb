namespace Sweeps.Compute.Models;

/// <summary>Functions whose plain form loses digits near zero; the framework's <c>ExpM1</c> and <c>LogP1</c> are the plain forms.</summary>
internal static class NearZero
{
    /// <summary>e^x − 1, to a few units in the last place (the rounding of e^x is divided out again).</summary>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        if (Math.Abs(x) > 0.5) return u - 1;
        return u == 1 ? x : (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(1 + x), to a few units in the last place.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        if (u == 1) return x;
        return double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }
}
