using Sweeps.Compute.Estimators;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// Predicted cost of a point, from the keys that <see cref="ExperimentKey.AffectsCost"/> names. The rates were measured once on one core of a 2026
/// server with 512-bit vectors; they cut chunks, so they change only together with the version of the cut.
/// </summary>
internal readonly record struct GaussianMixtureCost(
    double Seconds, double CoefficientBytes, double BatchBytes, double TrainingBytes, double SampleBytes)
{
    private const double PointSeconds = 60e-6;
    private const double CoefficientSeconds = 60e-9;
    private const double LaneStepSeconds = 1.1e-9;
    private const double CoordinateStepSeconds = 1.1e-9;
    private const double NormalSeconds = 1.8e-9;
    private const double ProductSeconds = 0.02e-9;
    private const double WeightSeconds = 0.25e-9;

    private const double ScoreFlopSeconds = 1 / 100e9;
    private const double ScoreWeightSeconds = 0.4e-9;

    /// <summary>Branches run on average less than half of the trunk.</summary>
    private const double BranchLength = 0.4;

    /// <summary>Nodes of the main pass and the pilot's share of it.</summary>
    private const double CollapseTimes = 9;

    /// <summary>Share of curve times at or below the collapse time.</summary>
    private const double CurvesBelowCollapse = 0.25;

    public static GaussianMixtureCost Of(PointKeys keys, ExperimentRequest request)
    {
        double d = keys["dimension"].AsReal(), steps = keys["steps"].AsReal(), samples = keys["samples"].AsReal();
        bool isotropic = keys["stiffness"].AsReal() == 1 || d == 1, drift = keys["drift"].AsReal() > 0;
        bool along = keys["direction"].AsWord() is "slowest" or "fastest";
        double curves = request.Times?.Length ?? MeasurementTimes.DefaultCurveCount;
        double seconds = PointSeconds, coefficientBytes = 0, batchBytes = 0, trainingBytes = 0, sampleBytes = 0;
        if (request.Measures.Contains(SpeciationMeasurement.Name))
        {
            double coordinates = isotropic ? 1 : !along ? d : drift ? Math.Min(2, d) : 1;
            double lanes = 64 * Math.Ceiling(samples / 64);
            double runs = 1 + BranchLength * Math.Min(MeasurementTimes.BranchCount + curves, steps);
            seconds += steps * (coordinates * CoefficientSeconds + lanes * runs * (LaneStepSeconds + coordinates * CoordinateStepSeconds));
            coefficientBytes = Kernels.ReverseSampler.ReverseCoefficients.Bytes(coordinates, steps);
        }
        if (request.Measures.Contains(CollapseMeasurement.Name))
        {
            double n = keys["training_points"].AsReal(), times = CollapseTimes + curves;
            double perBatch = 16 * Math.Ceiling(samples / Batches.Count / 16), lanes = Batches.Count * perBatch;
            double products = isotropic ? 2 : times;
            seconds += n * (lanes * (d * products * ProductSeconds + times * WeightSeconds) + (Batches.Count + 2) * d * NormalSeconds);
            batchBytes = Math.Max(PlantedBytes(d, samples / Batches.Count, times, isotropic), PilotBytes(d, isotropic));
        }
        if (request.Measures.Contains(MemorisationMeasurement.Name))
        {
            double n = keys["training_points"].AsReal(), perBatch = Math.Ceiling(samples / Batches.Count);
            double lanes = Batches.Count * SampleBlocks.Lanes * Math.Ceiling(perBatch / SampleBlocks.Lanes);
            double branches = Math.Min(MemorisationTimes.BranchCount + CurvesBelowCollapse * curves, steps);
            double runs = 1 + branches * StepsBelowCollapse(keys["schedule"].AsWord());
            seconds += lanes * steps * runs * n * (4 * d * ScoreFlopSeconds + ScoreWeightSeconds) + Batches.Count * n * d * NormalSeconds;
            trainingBytes = TrainingSet.Bytes(n, d);
            // Trunk, branch, columns towards both classes, and sums; the pilot has come and gone by then.
            sampleBytes = Math.Max(5 * SampleBlocks.Bytes(perBatch, d), PilotBytes(d, isotropic));
        }
        return new(seconds, coefficientBytes, batchBytes, trainingBytes, sampleBytes);
    }

    private static double PilotBytes(double d, bool isotropic) => PlantedBytes(d, CollapseSimulation.PilotQueries, CollapsePilot.Rungs, isotropic);

    /// <summary>Queries, their noise and columns, and three tiles of points. Of U ≠ I every time has columns of its own, towards each class.</summary>
    private static double PlantedBytes(double d, double queries, double times, bool isotropic)
    {
        double packed = SampleBlocks.Lanes * Math.Ceiling(queries / SampleBlocks.Lanes);
        return sizeof(float) * d * (3.0 * DataTile.Rows + 2 * queries + packed * (isotropic ? 2 : 2 * times));
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
