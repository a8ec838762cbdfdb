namespace Sweeps.Grains.Hosts;

/// <summary>A cluster's server cannot be had, or is not what it should be. The message is one sentence with the remedy, without secrets.</summary>
public sealed class ServerException(string message, Exception? inner = null, bool isTransient = false) : Exception(message, inner)
{
    /// <summary>Whether the same request may succeed later without anybody's doing: the server was gone, or full.</summary>
    public bool IsTransient => isTransient;
}
