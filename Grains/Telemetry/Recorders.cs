using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Telemetry.Traces;

namespace Sweeps.Grains.Telemetry;

/// <summary>What a process records with; handed to those who record, and null where nobody listens.</summary>
/// <param name="Metrics">Figures.</param>
/// <param name="Traces">Traces.</param>
/// <param name="Time">Measures durations.</param>
public sealed record Recorders(SweepsMetrics Metrics, SweepsTraces Traces, TimeProvider Time);
