using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sweeps.Benchmarks.Comparisons;

/// <summary>
/// A script of <c>peers/</c> that stays up and answers jobs, a JSON object a line each way. It times its own jobs, so that neither its
/// start nor the pipe is counted; rounds can interleave with ours.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly string[] ThreadVariables = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"];
    private readonly Process process;
    private readonly string script;

    private PeerProcess(string program, string script, int threads, IEnumerable<string> arguments)
    {
        this.script = script;
        string path = Path.Combine(AppContext.BaseDirectory, "peers", script);
        var start = new ProcessStartInfo(program, [path, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string variable in ThreadVariables) start.Environment[variable] = threads.ToString(CultureInfo.InvariantCulture);
        if (Environment.GetEnvironmentVariable("PEER_BLAS") is { Length: > 0 } folder)
        {
            if (!File.Exists(Path.Combine(folder, "libblas.so.3")))
                throw new PeerException($"PEER_BLAS: no libblas.so.3 in {folder}; name the folder that holds it, or unset PEER_BLAS");
            start.Environment["LD_LIBRARY_PATH"] = string.Join(':', folder, Environment.GetEnvironmentVariable("LD_LIBRARY_PATH"));
        }
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception cause)
        {
            throw new PeerException($"{program} does not start: {cause.Message}; {Remedy(program)}");
        }
    }

    public static PeerProcess Python(string script, int threads) =>
        new(Environment.GetEnvironmentVariable("PYTHON") ?? "/usr/bin/python3", script, threads, []);

    public static PeerProcess Node(string script, int threads, params string[] arguments) => new("node", script, threads, arguments);

    /// <summary>Sends a job and waits for its answer.</summary>
    /// <exception cref="PeerException">The peer has ended, or says that the job failed.</exception>
    public JsonElement Ask(JsonObject job)
    {
        string? line = null;
        try
        {
            process.StandardInput.WriteLine(job.ToJsonString());
            process.StandardInput.Flush();
            line = process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            // The pipe broke: the peer has ended, as below.
        }
        if (line is null)
        {
            process.WaitForExit();
            throw new PeerException($"peers/{script} ended with code {process.ExitCode}; {Remedy(process.StartInfo.FileName)}");
        }
        JsonElement answer = JsonDocument.Parse(line).RootElement;
        return answer.TryGetProperty("error", out JsonElement error)
            ? throw new PeerException($"peers/{script} failed: {error.GetString()}")
            : answer;
    }

    /// <summary>Runs a job and returns the seconds it says it took.</summary>
    public double Seconds(JsonObject job) => Ask(job).GetProperty("seconds").GetDouble();

    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already, and Ask has said so.
        }
        process.WaitForExit();
        process.Dispose();
    }

    private static string Remedy(string program) => program == "node"
        ? "Node.js 20 or later is needed as 'node', and DuckDB from 'npm ci' in tests/Readers"
        : "python3 with torch and numpy is needed (Debian: python3-torch, python3-numpy), at the path in PYTHON or /usr/bin/python3";
}
