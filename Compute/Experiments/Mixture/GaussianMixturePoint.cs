using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Schedules;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>One point of the experiment: model, schedule and effort, with the point's random streams.</summary>
internal sealed class GaussianMixturePoint
{
    private readonly string canonical;
    private readonly long seed;

    public GaussianMixturePoint(PointKeys keys, long seed)
    {
        this.seed = seed;
        canonical = keys.Canonical();
        Steps = (int)keys["steps"].AsInteger();
        Samples = keys["samples"].AsInteger();
        TrainingPoints = keys["training_points"].AsInteger();
        // One direction for the whole sweep: along an axis only what the axis says changes. One hash for it, none for the other directions.
        var direction = new Lazy<RandomStream>(() => RandomStream.Of(seed, "", "direction"));
        Mixture = new(
            keys["dimension"].AsInteger(),
            keys["separation"].AsReal(),
            keys["sigma"].AsReal(),
            keys["stiffness"].AsReal(),
            keys["drift"].AsReal(),
            GaussianMixtureKeys.Direction(keys["direction"].AsWord()),
            i => NormalsReference.Normal(direction.Value, (ulong)i));
        KeyValue horizon = keys["horizon"];
        Schedule = Schedule.Create(ScheduleWords.Parse(keys["schedule"].AsWord()), horizon.IsNull ? null : horizon.AsReal(), Mixture);
    }

    public GaussianMixture Mixture { get; }

    public Schedule Schedule { get; }

    public int Steps { get; }

    public long Samples { get; }

    public long TrainingPoints { get; }

    /// <summary>The stream of this point for a purpose.</summary>
    public RandomStream Stream(string purpose) => RandomStream.Of(seed, canonical, purpose);
}
