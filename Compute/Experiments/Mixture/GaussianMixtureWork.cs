using Sweeps.Compute.Estimators;
using Sweeps.Compute.Kernels.EmpiricalSampler;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>How much there is to do at a point, counted in what kernels do; from the keys that <see cref="ExperimentKey.AffectsCost"/> names.</summary>
/// <param name="Coefficients">Coefficients of the reverse sampler to work out: coordinates × steps.</param>
/// <param name="LaneSteps">Steps of samples, branches included.</param>
/// <param name="CoordinateSteps">Steps of coordinates of samples.</param>
/// <param name="Products">Products of a coordinate of a training point with one of a query, for planted weights.</param>
/// <param name="Weights">Planted weights: query, training point and time.</param>
/// <param name="Normals">Coordinates of training points and queries to draw.</param>
/// <param name="ScoreFlops">Operations of the empirical sampler's products.</param>
/// <param name="ScoreWeights">Weights of the empirical sampler.</param>
/// <param name="Rounds">How often one kernel waits for another, one batch after the other.</param>
internal readonly record struct GaussianMixtureWork(
    double Coefficients, double LaneSteps, double CoordinateSteps, double Products, double Weights, double Normals, double ScoreFlops, double ScoreWeights,
    double Rounds)
{
    /// <summary>Branches run on average less than half of the trunk.</summary>
    private const double BranchLength = 0.4;

    /// <summary>Nodes of the main pass and the pilot's share of it.</summary>
    private const double CollapseTimes = 9;

    /// <summary>Share of curve times at or below the collapse time.</summary>
    private const double CurvesBelowCollapse = 0.25;

    public static GaussianMixtureWork Of(PointKeys keys, ExperimentRequest request)
    {
        double d = keys["dimension"].AsReal(), steps = keys["steps"].AsReal(), samples = keys["samples"].AsReal();
        double n = keys["training_points"].AsReal(), curves = request.Times?.Length ?? MeasurementTimes.DefaultCurveCount;
        bool isotropic = IsIsotropic(keys);
        var work = default(GaussianMixtureWork);
        if (request.Measures.Contains(SpeciationMeasurement.Name))
        {
            double coordinates = Coordinates(keys), lanes = 64 * Math.Ceiling(samples / 64);
            double laneSteps = steps * lanes * (1 + BranchLength * Math.Min(MeasurementTimes.BranchCount + curves, steps));
            work = work with
            {
                Coefficients = steps * coordinates,
                LaneSteps = laneSteps,
                CoordinateSteps = coordinates * laneSteps,
                Rounds = steps,
            };
        }
        if (request.Measures.Contains(CollapseMeasurement.Name))
        {
            double times = CollapseTimes + curves, perBatch = 16 * Math.Ceiling(samples / Batches.Count / 16), lanes = Batches.Count * perBatch;
            work = work with
            {
                Products = n * lanes * d * (isotropic ? 2 : times),
                Weights = n * lanes * times,
                Normals = work.Normals + n * (Batches.Count + 2) * d,
                Rounds = work.Rounds + Batches.Count * (isotropic ? 20 : 5 * times),
            };
        }
        if (request.Measures.Contains(MemorisationMeasurement.Name))
        {
            double lanes = Batches.Count * SampleBlocks.Lanes * Math.Ceiling(Math.Ceiling(samples / Batches.Count) / SampleBlocks.Lanes);
            double branches = Math.Min(MemorisationTimes.BranchCount + CurvesBelowCollapse * curves, steps);
            double runs = steps * (1 + branches * StepsBelowCollapse(keys["schedule"].AsWord())), weights = lanes * runs * n;
            work = work with
            {
                ScoreFlops = 4 * d * weights,
                ScoreWeights = weights,
                Normals = work.Normals + Batches.Count * n * d,
                Rounds = work.Rounds + 10 * Batches.Count * runs,
            };
        }
        return work;
    }

    /// <summary>Whether U = I, so that products serve all times.</summary>
    public static bool IsIsotropic(PointKeys keys) => keys["stiffness"].AsReal() == 1 || keys["dimension"].AsReal() == 1;

    /// <summary>Coordinates of the reverse sampler.</summary>
    public static double Coordinates(PointKeys keys)
    {
        double d = keys["dimension"].AsReal();
        if (IsIsotropic(keys)) return 1;
        if (keys["direction"].AsWord() is not ("slowest" or "fastest")) return d;
        return keys["drift"].AsReal() > 0 ? Math.Min(2, d) : 1;
    }

    /// <summary>Share of a schedule's steps below t = 0.86, the collapse time at d = 64, n = 2000: how long a branch runs there.</summary>
    private static double StepsBelowCollapse(string schedule) => schedule switch
    {
        "vp-linear" => 0.41,
        "cosine" => 0.72,
        "edm" => 0.48,
        _ => 0.09,
    };
}
