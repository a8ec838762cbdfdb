namespace Sweeps.Benchmarks.Watching;

/// <summary>A program that the benchmark needs is missing, or has failed.</summary>
internal sealed class CommandException(string message) : Exception(message);
