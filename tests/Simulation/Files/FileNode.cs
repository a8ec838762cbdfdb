namespace Sweeps.Simulation.Files;

/// <summary>A file apart from its names: what readers see, and what a loss of power would leave.</summary>
/// <param name="machine">Whose memory holds the bytes that are not synced.</param>
internal sealed class FileNode(int machine)
{
    public int Machine => machine;

    /// <summary>What a reader gets; null: no bytes.</summary>
    public object? Content { get; set; }

    /// <summary>What is safe.</summary>
    public object? Synced { get; set; }
}

/// <summary>Bytes that end too early, or hold zeros where a crash kept the rest.</summary>
internal sealed class Torn
{
    public static Torn Bytes { get; } = new();
}
