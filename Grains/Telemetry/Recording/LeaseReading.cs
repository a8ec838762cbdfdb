namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>What a lane holds at a moment.</summary>
/// <param name="Held">Leases.</param>
/// <param name="Age">Since the oldest was granted; zero for none.</param>
/// <param name="Silence">Since the one that waits longest was granted or renewed; zero for none.</param>
public readonly record struct LeaseReading(int Held, TimeSpan Age, TimeSpan Silence);
