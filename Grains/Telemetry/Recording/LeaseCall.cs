namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>What a worker asks a grain.</summary>
public enum LeaseCall
{
    Claim,
    Renew,
    Complete,
    Fail,
    Release,
}
