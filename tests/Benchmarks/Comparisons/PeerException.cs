namespace Sweeps.Benchmarks.Comparisons;

/// <summary>A peer is missing or failed; the message says what to do.</summary>
internal sealed class PeerException(string message) : Exception(message);
