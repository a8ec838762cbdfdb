namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>What a lane is at.</summary>
public enum LaneState
{
    Idle,
    Working,

    /// <summary>Its device has left.</summary>
    Retired,
}
