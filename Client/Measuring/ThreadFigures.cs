using System.Collections.Immutable;

namespace Sweeps.Client.Measuring;

/// <summary>What a number of threads reached.</summary>
/// <param name="Threads">How many.</param>
/// <param name="Rounds">In how many rounds.</param>
/// <param name="Peak">The best of the rounds, in the peak's unit.</param>
/// <param name="Kernels">The kernels, in the order in which they were given.</param>
internal sealed record ThreadFigures(int Threads, int Rounds, double Peak, ImmutableArray<KernelFigure> Kernels);
