namespace Sweeps.Grains.Hosts;

/// <summary>A cluster's server cannot be had, or is not what it should be. The message is one sentence with the remedy, without secrets.</summary>
public sealed class ServerException(string message, Exception? inner = null) : Exception(message, inner);
