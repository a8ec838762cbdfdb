using System.Collections.Immutable;
using Sweeps.Client.Display;
using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Client.Measuring;

/// <summary>All that <c>sweeps bench</c> tells.</summary>
/// <param name="Machine">Where it was measured.</param>
/// <param name="CacheBytes">The machine's last-level caches, if known.</param>
/// <param name="Runtime">What ran it: <c>.NET 10.0.0</c>.</param>
/// <param name="Software">Our version.</param>
/// <param name="Device">The device: <c>cpu</c>.</param>
/// <param name="Rates">What was measured.</param>
/// <param name="Figures">Per number of threads.</param>
internal sealed record BenchReport(
    ThisMachine Machine, long? CacheBytes, string Runtime, string Software, string Device, KernelRates Rates,
    ImmutableArray<ThreadFigures> Figures);
