namespace Sweeps.Dashboard.Plots;

/// <summary>One line of a legend: a sample drawn into a small box, and its name.</summary>
internal sealed record LegendEntry(string Label, Action<SvgWriter, Box> DrawSample);
