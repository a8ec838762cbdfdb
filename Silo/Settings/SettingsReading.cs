using System.Collections.Immutable;

namespace Sweeps.Silo.Settings;

/// <summary>Settings, or the sentences that say why there are none.</summary>
/// <param name="Settings">Null if and only if there are mistakes.</param>
/// <param name="Mistakes">One sentence each.</param>
/// <param name="DevicePlace">Where the device was named: whether it is here is found out later.</param>
internal sealed record SettingsReading(SiloSettings? Settings, ImmutableArray<string> Mistakes, string DevicePlace);
