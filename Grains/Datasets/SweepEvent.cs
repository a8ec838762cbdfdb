namespace Sweeps.Grains.Datasets;

/// <summary>One line of the journal.</summary>
/// <param name="At">UTC.</param>
/// <param name="What"><c>prepared</c> (by a cluster), <c>started</c>, <c>extended</c>, <c>paused</c>, <c>resumed</c>,
/// <c>retired</c> (a device), <c>interrupted</c>, <c>failed</c>, <c>merged</c>, <c>completed</c>.</param>
/// <param name="Detail">More, in words.</param>
public sealed record SweepEvent(DateTimeOffset At, string What, string? Detail);
