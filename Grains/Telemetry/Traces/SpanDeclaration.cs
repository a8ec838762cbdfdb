using System.Collections.Immutable;

namespace Sweeps.Grains.Telemetry.Traces;

/// <summary>A span as it is recorded.</summary>
/// <param name="Name">In OpenTelemetry's style.</param>
/// <param name="Description">From when to when.</param>
/// <param name="Attributes">Those that it may carry; unlike labels of metrics they may name single chunks.</param>
public sealed record SpanDeclaration(string Name, string Description, ImmutableArray<string> Attributes);
