using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// Which grid indices <c>measure: memorisation</c> branches at: some around the collapse time, chosen without regard to <c>times</c>, and
/// the curve times at or below the last of those.
/// </summary>
/// <remarks>
/// For the exact reverse process the end of a run from x_t is training point μ with probability w_μ(x_t), so two runs from the same x_t end
/// alike with probability E Σ w²: the clone probability is the participation, and both cross ½ at the same time as the steps grow. So the
/// few queries that find the participation's crossing find the window of the branches, too.
/// </remarks>
internal sealed class MemorisationTimes
{
    public const int BranchCount = 9;

    /// <summary>Fewest distinct branch times, enough for a parabola; the window grows outwards to hold them.</summary>
    private const int FewestBranches = 6;

    /// <summary>Half the window in widths of the transition: the probability goes from 0.85 to 0.2.</summary>
    internal const double HalfWindow = 1;

    /// <param name="point">The point; only its own streams and closed forms decide.</param>
    /// <param name="kernels">Run the queries.</param>
    /// <param name="grid">Its time grid.</param>
    /// <param name="curveIndices">Grid indices of the curve times, ascending.</param>
    /// <param name="cancellation">Stops the search.</param>
    public MemorisationTimes(GaussianMixturePoint point, IMixtureKernels kernels, double[] grid, int[] curveIndices, CancellationToken cancellation)
    {
        var simulation = new CollapseSimulation(point, kernels);
        double horizon = grid[^1];
        Theory = CollapseTheory.CollapseTime(point.Mixture, horizon, point.TrainingPoints);
        if (new CollapsePilot(simulation, horizon).Crossing(Theory, cancellation) is not double centre) return;
        LogCentre = Math.Log(centre);
        LogWidth = simulation.LogWidth(centre);
        double half = HalfWindow * LogWidth;
        IEnumerable<double> wanted = MeasurementTimes.Uniform(LogCentre - half, LogCentre + half, BranchCount);
        Branches = MeasurementTimes.Window(grid, wanted.Select(Math.Exp), FewestBranches, centre);
        Curves = [.. curveIndices.Where(k => k <= Branches[^1])];
    }

    /// <summary>Closed form of the collapse time in the window, else null.</summary>
    public double? Theory { get; }

    /// <summary>ln of the participation's crossing, roughly.</summary>
    public double LogCentre { get; }

    /// <summary>Width of the transition in ln t.</summary>
    public double LogWidth { get; } = 1;

    /// <summary>
    /// Grid indices of the branches that <c>t_collapse_clone</c> is fitted to, ascending; empty where the participation crosses ½ nowhere.
    /// </summary>
    public int[] Branches { get; } = [];

    /// <summary>
    /// Grid indices of curve rows, ascending, none above the last branch: a branch from there costs a whole run, and hardly ever ends
    /// alike.
    /// </summary>
    public int[] Curves { get; } = [];
}
