using System.Collections.Immutable;
using Sweeps.Dashboard.Figures;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>The phase diagram of a sweep's page: what there is to choose, what is chosen, and the figure if it is there already.</summary>
/// <param name="Spec">What there is to choose from.</param>
/// <param name="Asked">Value of a name in the address; null if it is not there.</param>
/// <param name="Choice">What is chosen; null where the address is wrong.</param>
/// <param name="Mistakes">What is wrong with it; or why there is no figure, a sentence each.</param>
/// <param name="Html">The figure; null if it takes longer than the page.</param>
public sealed record DiagramView(
    SweepSpec Spec, Func<string, string?> Asked, FigureChoice? Choice, ImmutableArray<string> Mistakes, string? Html);
