namespace Sweeps.Grains.Workers;

/// <summary>What a lane does that holds nothing while its sweep is paused.</summary>
public enum WhenPaused
{
    /// <summary>It waits for the sweep to go on: there is nothing else to do.</summary>
    Wait,

    /// <summary>It returns: another sweep may have work for it.</summary>
    Return,
}
