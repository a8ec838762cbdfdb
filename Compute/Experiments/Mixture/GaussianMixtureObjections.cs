using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Compute.Schedules;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>Rules across keys: a horizon without effect, points that would come twice, work that no memory holds.</summary>
internal static class GaussianMixtureObjections
{
    /// <summary>Memory that one point may ask for, per thread where threads multiply it.</summary>
    private const double MaximumBytes = 4e9;

    public static IEnumerable<Objection> Find(
        IReadOnlyDictionary<string, ImmutableArray<KeyValue>> values, IReadOnlySet<string> given, ExperimentRequest request)
    {
        string[] without = [.. values["schedule"].Select(word => word.AsWord()).Where(word => !ScheduleWords.Parse(word).TakesHorizon())];
        if (given.Contains("horizon") && without.Length == values["schedule"].Length)
            yield return new(
                "horizon", $"horizon has no effect on schedule {string.Join(", ", without)}, which sets its own", "leave it out");
        else if (values["horizon"].Length > 1 && without.Length > 0)
            yield return new(
                "horizon", $"several horizons would repeat the points of schedule {string.Join(", ", without)}, which sets its own",
                "sweep the horizon for ou and entropy-aware only");
        PointKeys largest = Largest(values);
        GaussianMixtureCost cost = GaussianMixtureCost.Of(largest, request);
        if (cost.CoefficientBytes > MaximumBytes)
            yield return new(
                "dimension", $"the sampler's coefficients would take {Gigabytes(cost.CoefficientBytes)} GB at the largest dimension and steps",
                $"stay below {Gigabytes(MaximumBytes)} GB: fewer steps, a smaller dimension, or direction slowest or fastest");
        if (cost.BatchBytes > MaximumBytes)
            yield return new(
                "dimension", $"measuring collapse would take {Gigabytes(cost.BatchBytes)} GB per thread at the largest dimension and samples",
                $"stay below {Gigabytes(MaximumBytes)} GB: fewer samples, a smaller dimension, or measure: [speciation]");
        // A batch holds its training set and two states; n itself is no limit, the key's largest value is an int.
        if (cost.TrainingBytes + cost.SampleBytes > MaximumBytes)
        {
            bool training = cost.TrainingBytes >= cost.SampleBytes;
            yield return new(
                training ? "training_points" : "samples",
                $"measuring memorisation would take {Gigabytes(cost.TrainingBytes)} GB for training points and "
                    + $"{Gigabytes(cost.SampleBytes)} GB for samples per thread, at the largest of these and of the dimension",
                $"stay below {Gigabytes(MaximumBytes)} GB: fewer {(training ? "training points" : "samples")}, a smaller dimension, "
                    + "or measure: [collapse]");
        }
    }

    /// <summary>The costliest combination: the largest of every number, the direction and stiffness that simulate most.</summary>
    private static PointKeys Largest(IReadOnlyDictionary<string, ImmutableArray<KeyValue>> values) => new(
        GaussianMixtureKeys.All,
        [
            .. GaussianMixtureKeys.All.Select(key => key.Kind == KeyKind.Choice
                ? values[key.Name].FirstOrDefault(word => word.AsWord() is "uniform" or "random", values[key.Name][0])
                : values[key.Name].MaxBy(value => value.IsNull ? 0 : value.AsReal())),
        ]);

    private static string Gigabytes(double bytes) => (bytes / 1e9).ToString("G3", CultureInfo.InvariantCulture);
}
