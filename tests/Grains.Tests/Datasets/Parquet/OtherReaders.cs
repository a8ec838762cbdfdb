using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Sweeps.Grains.Tests.Datasets.Parquet;

/// <summary>Parquet readers that are not ours: DuckDB and hyparquet, run by <c>tests/Readers/read.mjs</c> under Node.</summary>
internal static class OtherReaders
{
    private static readonly Lazy<string> Folder = new(Find);

    /// <summary>The lines that the script prints: schema, metadata, statistics, then a row each.</summary>
    public static JsonElement[] Read(string reader, string pattern) =>
        [.. Run(reader, pattern).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public static void LetDuckdbWrite(string sql, string path, string options = "") => Run("write-duckdb", sql, path, options);

    private static string Find()
    {
        string readers = Checkout.Path("tests/Readers");
        return Directory.Exists(Path.Combine(readers, "node_modules", "hyparquet"))
            ? readers
            : throw new InvalidOperationException($"no independent Parquet readers in {readers}: run npm ci in tests/Readers");
    }

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", ["read.mjs", .. arguments])
        {
            WorkingDirectory = Folder.Value,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new InvalidOperationException("Node.js is not found: install version 20 or later, so that 'node' runs", cause);
        }
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return output;
            throw new InvalidOperationException($"node read.mjs {string.Join(' ', arguments)} failed: {errors.Result}");
        }
    }
}
