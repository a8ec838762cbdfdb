using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Sweeps.EndToEnd;

/// <summary>The program <c>sweeps</c> in a process of its own, as a user starts it.</summary>
internal sealed partial class SweepsProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);
    private const int SigTerm = 15;
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private SweepsProcess(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "sweeps.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static SweepsProcess Start(params string[] arguments) => new(new Dictionary<string, string>(), arguments);

    /// <summary>Runs to the end; fails with what the program said if it is not over in time.</summary>
    public static Outcome Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    public static Outcome Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var started = new SweepsProcess(environment, arguments);
        return started.Wait();
    }

    public Outcome Wait()
    {
        if (!process.WaitForExit(Deadline))
        {
            process.Kill();
            throw new TimeoutException($"sweeps did not end within {Deadline}; it said: {errors}");
        }
        process.WaitForExit();
        return new(process.ExitCode, Text(output), Text(errors));
    }

    /// <summary>Waits for the process to end by itself, but not longer than this; true if it did.</summary>
    public bool EndsWithin(TimeSpan time) => process.WaitForExit(time);

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Assert.Equal(0, Signal(process.Id, SigTerm));

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);

    internal sealed record Outcome(int ExitCode, string Output, string Errors)
    {
        /// <summary>Asserts the exit code, showing what the program said if it is another.</summary>
        public Outcome Exits(int code)
        {
            Assert.True(ExitCode == code, $"exit code {ExitCode}, not {code}\nstdout: {Output}\nstderr: {Errors}");
            return this;
        }
    }
}
