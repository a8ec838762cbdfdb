namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>What an instrument is to those who read it.</summary>
public enum InstrumentKind
{
    /// <summary>Only grows, from the start of the process: read by its rate.</summary>
    Counter,

    /// <summary>A figure of now.</summary>
    Gauge,

    /// <summary>How often a quantity was in which range.</summary>
    Histogram,
}
