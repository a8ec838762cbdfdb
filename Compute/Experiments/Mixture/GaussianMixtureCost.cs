using Sweeps.Compute.Devices;
using Sweeps.Compute.Estimators;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// Predicted cost of a point. The rates of the processor were measured once on one core of a 2026 server with 512-bit vectors; they cut chunks, so they
/// change only together with the version of the cut.
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

    /// <summary>From the end of one kernel to the start of the next that waits for it.</summary>
    private const double RoundSeconds = 10e-6;

    /// <summary>What a weight of the softmax costs a device, in operations of the score: it waits for memory, not for arithmetic.</summary>
    private const double WeightFlops = 40;

    public static GaussianMixtureCost Of(PointKeys keys, ExperimentRequest request)
    {
        double d = keys["dimension"].AsReal(), n = keys["training_points"].AsReal(), perBatch = Math.Ceiling(keys["samples"].AsReal() / Batches.Count);
        bool isotropic = GaussianMixtureWork.IsIsotropic(keys);
        GaussianMixtureWork work = GaussianMixtureWork.Of(keys, request);
        double seconds = PointSeconds + work.Coefficients * CoefficientSeconds + work.LaneSteps * LaneStepSeconds
            + work.CoordinateSteps * CoordinateStepSeconds + work.Products * ProductSeconds + work.Weights * WeightSeconds
            + work.Normals * NormalSeconds + work.ScoreFlops * ScoreFlopSeconds + work.ScoreWeights * ScoreWeightSeconds;
        double coefficientBytes = 0, batchBytes = 0, trainingBytes = 0, sampleBytes = 0;
        if (request.Measures.Contains(SpeciationMeasurement.Name))
            coefficientBytes = Kernels.ReverseSampler.ReverseCoefficients.Bytes(GaussianMixtureWork.Coordinates(keys), keys["steps"].AsReal());
        if (request.Measures.Contains(CollapseMeasurement.Name))
        {
            double times = CollapseMeasurement.Nodes + (request.Times?.Length ?? MeasurementTimes.DefaultCurveCount);
            batchBytes = Math.Max(PlantedBytes(d, perBatch, times, isotropic), PilotBytes(d, isotropic));
        }
        if (request.Measures.Contains(MemorisationMeasurement.Name))
        {
            trainingBytes = TrainingSet.Bytes(n, d);
            // Trunk, branch, columns towards both classes, and sums; the pilot has come and gone by then.
            sampleBytes = Math.Max(5 * SampleBlocks.Bytes(perBatch, d), PilotBytes(d, isotropic));
        }
        return new(seconds, coefficientBytes, batchBytes, trainingBytes, sampleBytes);
    }

    /// <summary>
    /// Seconds on a device that is otherwise idle; good to a factor of two, which is enough to see where a GPU is worth its while: a point whose kernels
    /// are short against the rounds between them is not.
    /// </summary>
    public static double SecondsOn(DeviceSpeed speed, PointKeys keys, ExperimentRequest request)
    {
        GaussianMixtureWork work = GaussianMixtureWork.Of(keys, request);
        double flops = 2 * work.Products + work.ScoreFlops + WeightFlops * (work.Weights + work.ScoreWeights);
        // The processor works out the coefficients for the device, too.
        return PointSeconds + work.Coefficients * CoefficientSeconds + work.Rounds * RoundSeconds + flops / speed.ScoreFlops
            + (work.CoordinateSteps + work.LaneSteps + work.Normals) / speed.CoordinateSteps;
    }

    private static double PilotBytes(double d, bool isotropic) => PlantedBytes(d, CollapseSimulation.PilotQueries, CollapsePilot.Rungs, isotropic);

    /// <summary>Queries, their noise and columns, and three tiles of points. Of U ≠ I every time has columns of its own, towards each class.</summary>
    private static double PlantedBytes(double d, double queries, double times, bool isotropic)
    {
        double packed = SampleBlocks.Lanes * Math.Ceiling(queries / SampleBlocks.Lanes);
        return sizeof(float) * d * (3.0 * DataTile.Rows + 2 * queries + packed * (isotropic ? 2 : 2 * times));
    }
}
