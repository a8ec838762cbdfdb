using System.ComponentModel;
using System.Diagnostics;

namespace Sweeps.Benchmarks.Watching;

/// <summary>A program that is run to its end.</summary>
internal static class Command
{
    /// <summary>What it prints.</summary>
    /// <exception cref="CommandException">It does not start, or does not end well.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> words, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Started(start);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return process.ExitCode == 0
            ? (await output.ConfigureAwait(false)).Trim()
            : throw new CommandException(
                $"{Path.GetFileName(program)} {string.Join(' ', start.ArgumentList.Take(2))} ended with code {process.ExitCode}:\n"
                + await errors.ConfigureAwait(false));
    }

    /// <exception cref="CommandException">It does not start.</exception>
    public static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception cause)
        {
            throw new CommandException($"{start.FileName} does not start: {cause.Message}");
        }
    }
}
