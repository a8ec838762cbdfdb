namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>
/// The chain that Euler–Maruyama makes of the reverse process for U = I, without a random number: the density of the trunk and the score of the
/// end given where a trajectory is, on a grid of places along m. What a simulation of the same steps finds differs from it by chance alone.
/// </summary>
internal sealed class EulerChain
{
    private const double Reach = 9;
    private readonly double[] times;
    private readonly double norm;
    private readonly double sigma;
    private readonly double spacing;
    private readonly double[] places;

    /// <param name="norm">|m|.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="times">Grid, from t_0 = 0.</param>
    public EulerChain(double norm, double sigma, double[] times)
    {
        (this.norm, this.sigma, this.times) = (norm, sigma, times);
        double narrowest = Math.Sqrt(2 * times.Zip(times.Skip(1), (low, high) => high - low).Min());
        double widest = norm + Reach * Math.Max(1, sigma);
        // Even in number, so that none is 0, where the sign jumps.
        int half = (int)Math.Ceiling(widest / (narrowest / 8));
        spacing = widest / half;
        places = [.. Enumerable.Range(-half, 2 * half).Select(i => (i + 0.5) * spacing)];
    }

    /// <summary>The clone probability at every grid time.</summary>
    /// <param name="isBySign">Whether ends count by their sign, or by the posterior of their class.</param>
    public double[] CloneProbabilities(bool isBySign)
    {
        double[][] density = new double[times.Length][];
        density[^1] = [.. places.Select(x => 0.5 * (Gauss(x - Mode(times[^1]), Variance(times[^1])) + Gauss(x + Mode(times[^1]), Variance(times[^1]))))];
        for (int k = times.Length - 1; k > 0; k--) density[k - 1] = Forward(k, density[k]);

        double[] score = [.. places.Select(x => isBySign ? Math.Sign(x) : Math.Tanh(norm / (sigma * sigma) * x))];
        var same = new double[times.Length];
        for (int k = 0; k < times.Length; k++)
        {
            if (k > 0) score = Backward(k, score);
            same[k] = 0.5 + 0.5 * density[k].Zip(score, (p, s) => p * s * s).Sum() / density[k].Sum();
        }
        return same;
    }

    private double Mode(double t) => norm * Math.Exp(-t);

    private double Variance(double t) => 1 + (sigma * sigma - 1) * Math.Exp(-2 * t);

    // The mean of the place at k − 1 given that at k.
    private double Next(int k, double x)
    {
        double dt = times[k] - times[k - 1], c = Variance(times[k]), u = Mode(times[k]) / c;
        return (1 + dt * (1 - 2 / c)) * x + 2 * dt * u * Math.Tanh(u * x);
    }

    private double[] Forward(int k, double[] density)
    {
        var next = new double[places.Length];
        for (int i = 0; i < places.Length; i++)
            foreach (var (j, weight) in Kernel(k, places[i])) next[j] += weight * density[i];
        return next;
    }

    private double[] Backward(int k, double[] score)
    {
        var before = new double[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            double sum = 0, total = 0;
            foreach (var (j, weight) in Kernel(k, places[i]))
            {
                sum += weight * score[j];
                total += weight;
            }
            before[i] = total > 0 ? sum / total : Math.Sign(places[i]);
        }
        return before;
    }

    private IEnumerable<(int Place, double Weight)> Kernel(int k, double x)
    {
        double variance = 2 * (times[k] - times[k - 1]), mean = Next(k, x), reach = Reach * Math.Sqrt(variance);
        int first = Math.Max(0, (int)Math.Ceiling((mean - reach - places[0]) / spacing));
        int last = Math.Min(places.Length - 1, (int)Math.Floor((mean + reach - places[0]) / spacing));
        for (int j = first; j <= last; j++) yield return (j, spacing * Gauss(places[j] - mean, variance));
    }

    private static double Gauss(double x, double variance) => Math.Exp(-0.5 * x * x / variance) / Math.Sqrt(2 * Math.PI * variance);
}
