namespace Sweeps.Dashboard.Live;

/// <summary>Parts of a page as its followers get them: rendered and encoded once for all.</summary>
/// <param name="Number">Rises by one.</param>
/// <param name="All">Every part, for those who come or have missed something.</param>
/// <param name="Changed">What differs from the news before; never empty, so that a lost connection is noticed.</param>
internal sealed record PageNews(long Number, ReadOnlyMemory<byte> All, ReadOnlyMemory<byte> Changed);
