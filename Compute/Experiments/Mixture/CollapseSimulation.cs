using Sweeps.Compute.Estimators;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>Runs batches of queries of a point against training sets of their own.</summary>
internal sealed class CollapseSimulation
{
    /// <summary>Queries of a pilot: enough to find the transition to a fraction of its width.</summary>
    internal const int PilotQueries = 32;

    private readonly GaussianMixturePoint point;
    private readonly IMixtureKernels kernels;
    private readonly TrainingSets training;
    private readonly RandomStream query;

    public CollapseSimulation(GaussianMixturePoint point, IMixtureKernels kernels)
    {
        (this.point, this.kernels) = (point, kernels);
        training = new(point);
        query = point.Stream("query");
        Batches = new(point.Samples);
    }

    public Batches Batches { get; }

    public GaussianMixture Mixture => point.Mixture;

    /// <summary>Statistics of each of the 32 batches at the given times.</summary>
    public WeightStatistics[] Run(double[] times, IParallelLoop loop, CancellationToken cancellation)
    {
        var statistics = new WeightStatistics[Batches.Count];
        loop.For(Batches.Count, b => statistics[b] = Batch((uint)b, (int)Batches.Size(b), times, cancellation));
        return statistics;
    }

    /// <summary>Mean participation of a small sample of its own, to find the transition.</summary>
    public double[] Pilot(double[] times, CancellationToken cancellation)
    {
        WeightStatistics statistics = Batch(Batches.Count, PilotQueries, times, cancellation);
        return [.. statistics.Participation.Select(sum => sum / PilotQueries)];
    }

    /// <summary>
    /// Width of the transition in ln t: the spread of the information density over the slope of its mean is about √(Δ_t/|dI/dt|). Only places
    /// nodes; nothing measured depends on its being exact.
    /// </summary>
    public double LogWidth(double t)
    {
        const double RelativeStep = 1e-3;
        double slope = (Mixture.Information(t * (1 - RelativeStep), true) - Mixture.Information(t * (1 + RelativeStep), true)) / (2 * RelativeStep * t);
        return Math.Clamp(Math.Sqrt((1 - Math.Exp(-2 * t)) / slope) / t, 0.02, 2);
    }

    private WeightStatistics Batch(uint replica, int queries, double[] times, CancellationToken cancellation)
    {
        TrainingPoints set = training.Of(replica);
        return kernels.PlantedWeights(
            Mixture, training.Blocks, set, point.TrainingPoints, new(set, point.TrainingPoints, queries, query, replica), times, cancellation);
    }
}
