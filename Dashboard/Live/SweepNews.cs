using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Live;

/// <summary>What those who follow a sweep hear.</summary>
/// <param name="Sweep">Where it stands; null if it was never there, or is there no longer.</param>
/// <param name="Trouble">Why there is nothing newer to tell, one sentence; null as a rule.</param>
internal sealed record SweepNews(ServerSweep? Sweep, string? Trouble);
