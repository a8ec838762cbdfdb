namespace Sweeps.Grains.Datasets;

/// <summary>A dataset is not what it should be, or not what was asked for; the message is one sentence for people.</summary>
public sealed class DatasetException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether its files are damaged or lost, which is no fault of the request.</summary>
    public bool IsDamage { get; private init; }

    public static DatasetException Damage(string message, Exception? cause = null) => new(message, cause) { IsDamage = true };
}
