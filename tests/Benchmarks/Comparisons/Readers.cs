namespace Sweeps.Benchmarks.Comparisons;

/// <summary>The folder <c>tests/Readers</c> of this checkout, in which DuckDB is installed.</summary>
internal static class Readers
{
    /// <exception cref="PeerException">Not in a checkout, or DuckDB is not installed.</exception>
    public static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sweeps.sln"))) folder = folder.Parent;
        if (folder is null) throw new PeerException($"no Sweeps.sln above {AppContext.BaseDirectory}: run this in a checkout");
        string readers = Path.Combine(folder.FullName, "tests", "Readers");
        return Directory.Exists(Path.Combine(readers, "node_modules", "@duckdb"))
            ? readers
            : throw new PeerException($"no DuckDB in {readers}: run npm ci there (Node.js 20 or later)");
    }
}
