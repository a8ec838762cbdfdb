namespace Sweeps.Client.Running;

/// <summary>How far a sweep is, ready to be shown, wherever it runs.</summary>
/// <param name="Points">Points of the sweep.</param>
/// <param name="Finished">Points done or failed.</param>
/// <param name="Line">The same in words, and more.</param>
internal sealed record ProgressNews(long Points, long Finished, string Line);
