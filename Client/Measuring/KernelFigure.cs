namespace Sweeps.Client.Measuring;

/// <summary>What a kernel reached.</summary>
/// <param name="Rate">The best of the rounds, in the rate's unit.</param>
/// <param name="Fraction">The median over the rounds of its fraction of the peak, where they have one unit; else null.</param>
internal readonly record struct KernelFigure(double Rate, double? Fraction);
