using System.Collections.Immutable;
using System.Diagnostics;

namespace Sweeps.Silo.Chunks;

/// <summary>How to start a chunk's own process.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ChunkProgram(string File, ImmutableArray<string> Arguments)
{
    /// <summary>This very program, started as it was itself: by its own name, or by <c>dotnet</c>.</summary>
    public static ChunkProgram This
    {
        get
        {
            string file = Environment.ProcessPath ?? "dotnet";
            bool isHost = Path.GetFileNameWithoutExtension(file) is "dotnet";
            return new(file, isHost ? [Path.Combine(AppContext.BaseDirectory, "sweeps-silo.dll"), "chunk"] : ["chunk"]);
        }
    }

    /// <summary>Without what a chunk need not know: the server's address, and whatever opens it.</summary>
    public ProcessStartInfo ToStart()
    {
        var start = new ProcessStartInfo(File, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in start.Environment.Keys.Where(IsSecret).ToArray()) start.Environment.Remove(name);
        return start;
    }

    // All settings: the request says everything, and the settings file may be named by one.
    private static bool IsSecret(string name) =>
        name.StartsWith("SWEEPS_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("PG", StringComparison.Ordinal);
}
