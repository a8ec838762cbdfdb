namespace Sweeps.Client.Running;

/// <summary>How far a run is.</summary>
/// <param name="Done">Points that are finished, those of earlier runs and those that failed included.</param>
/// <param name="DoneHere">Points that this run finished.</param>
/// <param name="Total">Points of the sweep.</param>
/// <param name="Failed">Points that failed.</param>
/// <param name="Elapsed">Since this run began.</param>
/// <param name="LastPoint">What the last finished point came to, for people; empty before the first.</param>
internal readonly record struct RunProgress(long Done, long DoneHere, long Total, long Failed, TimeSpan Elapsed, string LastPoint)
{
    /// <summary>Points per second of this run; null before there is one.</summary>
    public double? Rate => DoneHere > 0 && Elapsed > TimeSpan.Zero ? DoneHere / Elapsed.TotalSeconds : null;

    /// <summary>Seconds left if the rest is like what this run did; null before that is known.</summary>
    public double? SecondsLeft => Rate is { } rate ? (Total - Done) / rate : null;
}
