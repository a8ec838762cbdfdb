using System.Collections.Immutable;
using System.Reflection;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>Every instrument there is, by name.</summary>
public static class Instruments
{
    public static ImmutableArray<InstrumentDeclaration> All { get; } =
    [
        .. new[]
        {
            typeof(ChunkInstruments), typeof(LeaseInstruments), typeof(LaneInstruments), typeof(DatasetInstruments),
            typeof(DatabaseInstruments), typeof(ClusterInstruments),
        }
        .SelectMany(owner => owner.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(field => (InstrumentDeclaration)field.GetValue(null)!)
        .OrderBy(declaration => declaration.Name, StringComparer.Ordinal),
    ];
}
