using System.Collections.Immutable;
using Sweeps.Compute.Models;
using Sweeps.Compute.Schedules;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>The keys of the experiment: names, defaults, ranges, units. Their order is that of columns and stream keys and never changes.</summary>
internal static class GaussianMixtureKeys
{
    /// <summary>Fewest samples: two in every batch of the jackknife.</summary>
    public const int MinimumSamples = 64;

    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        new("dimension", KeyKind.Integer, KeyValue.Of(64), "1", "Dimension d of the data")
        {
            Minimum = 1,
            Maximum = 1e8,
            AffectsCost = true,
        },
        new("separation", KeyKind.Real, KeyValue.Of(1.0), "data units", "Mode separation μ: |m| = μ √d") { Minimum = 0, Maximum = 1e6 },
        new("sigma", KeyKind.Real, KeyValue.Of(1.0), "data units", "Width σ of each mode")
        {
            Minimum = 0,
            MinimumIsExclusive = true,
            Maximum = 1e6,
        },
        new("schedule", KeyKind.Choice, KeyValue.Of("ou"), "1", "Noise schedule: where the sampler puts its steps")
        {
            Choices = ScheduleWords.All,
            AffectsCost = true,
        },
        new("horizon", KeyKind.Real, KeyValue.Of(10.0), "OU time", "Largest time T of the schedules ou and entropy-aware")
        {
            Minimum = 0,
            MinimumIsExclusive = true,
            Maximum = 1e3,
        },
        new("steps", KeyKind.Integer, KeyValue.Of(500), "1", "Euler–Maruyama steps of the reverse process")
        {
            Minimum = 1,
            Maximum = 1e6,
            AffectsCost = true,
        },
        new("drift", KeyKind.Real, KeyValue.Of(0.0), "1", "Strength γ of the non-reversible drift; no effect at stiffness 1")
        {
            Minimum = 0,
            Maximum = 1e3,
            AffectsCost = true,
            CostClass = value => KeyValue.Of(value.AsReal() > 0 ? 1.0 : 0.0),
        },
        new("stiffness", KeyKind.Real, KeyValue.Of(1.0), "1", "Stiffness κ: ratio of the fastest to the slowest relaxation rate of U")
        {
            Minimum = 1,
            Maximum = 1e6,
            AffectsCost = true,
            CostClass = value => KeyValue.Of(value.AsReal() > 1 ? 2.0 : 1.0),
        },
        new("direction", KeyKind.Choice, KeyValue.Of("slowest"), "1",
            "Direction of the mode vector among the eigenvectors of U; random: isotropic, from the seed; no effect at stiffness 1")
        {
            Choices = ["slowest", "fastest", "uniform", "random"],
            AffectsCost = true,
        },
        new("training_points", KeyKind.Integer, KeyValue.Of(10000), "1", "Training points n of the empirical score")
        {
            Minimum = 2,
            Maximum = 1e8,
            AffectsCost = true,
        },
        new("samples", KeyKind.Integer, KeyValue.Of(4096), "1", "Reverse trajectories, and noised queries of the empirical score")
        {
            Minimum = MinimumSamples,
            Maximum = 1e8,
            AffectsCost = true,
        },
    ];

    /// <exception cref="ArgumentException">No such direction.</exception>
    public static ModeDirection Direction(string word) => word switch
    {
        "slowest" => ModeDirection.Slowest,
        "fastest" => ModeDirection.Fastest,
        "uniform" => ModeDirection.Uniform,
        "random" => ModeDirection.Random,
        _ => throw new ArgumentException($"no direction '{word}'", nameof(word)),
    };
}
