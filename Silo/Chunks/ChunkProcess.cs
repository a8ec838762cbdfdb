using System.ComponentModel;
using System.Diagnostics;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Shell;

namespace Sweeps.Silo.Chunks;

/// <summary>Runs a chunk in a process of its own: what takes that one down leaves the silo as it was.</summary>
/// <param name="program">What to start.</param>
/// <param name="data">The data folder.</param>
/// <param name="sweep">The chunk's sweep.</param>
/// <param name="device">As for <c>--device</c>.</param>
/// <param name="threads">That compute.</param>
/// <param name="started">Hears the number of each process; for tests.</param>
internal sealed class ChunkProcess(
    ChunkProgram program, string data, SweepRecord sweep, string device, int threads, Action<int>? started = null) : IChunkProcess
{
    /// <summary>For a lane: on its device, where it has one of its own.</summary>
    public static ChunkProcess Of(ChunkProgram program, string data, SweepRecord sweep, ILaneDevice device) => device switch
    {
        LaneAccelerator accelerator => new(program, data, sweep, accelerator.Description.Word, device.Threads),
        // A lane that may choose its device takes the processor: a driver is what took the process down, most likely.
        _ => new(program, data, sweep, LaneProcessor.Device, device.Threads),
    };

    /// <inheritdoc/>
    /// <exception cref="IOException">
    /// The process cannot be started, or the data folder cannot be used: that is the machine's fault, not the chunk's.
    /// </exception>
    public async Task<ChunkProcessResult> RunAsync(Lease lease, Chunk chunk, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var request = new ChunkRequest(data, sweep.Folder, sweep.SpecHash, lease.Id.Chunk, lease.Id.Epoch, threads, device);
        using var process = Start();
        started?.Invoke(process.Id);
        var errors = LastLines.ReadAsync(process.StandardError, count: 20);
        var output = LastLines.ReadAsync(process.StandardOutput, count: 1);
        try
        {
            await AskAsync(process, request).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(process).ConfigureAwait(false);
        }
        string said = await errors.ConfigureAwait(false), answered = await output.ConfigureAwait(false);
        if (process.ExitCode == ExitCode.DataAway) throw new IOException(said);
        return process.ExitCode == 0 && ChunkAnswer.Parse(answered) is { } answer
            ? new ChunkProcessResult.Staged(answer.Done, answer.Failed)
            : new ChunkProcessResult.Died(ProcessEnd.Sentence(process.ExitCode, said));
    }

    private Process Start()
    {
        try
        {
            return Process.Start(program.ToStart())!;
        }
        catch (Win32Exception refused)
        {
            throw new IOException($"no process can be started for a chunk that must run alone: {refused.Message}", refused);
        }
    }

    // The input stays open: its end tells the process that this one is gone.
    private static async Task AskAsync(Process process, ChunkRequest request)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(request.ToLine()).ConfigureAwait(false);
            await process.StandardInput.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It is dead already; how it died says more.
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            try
            {
                process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself in this moment.
            }
        }
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
