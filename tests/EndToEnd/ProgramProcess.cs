using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Sweeps.EndToEnd;

/// <summary>One of our programs in a process of its own, as a user starts it.</summary>
internal abstract partial class ProgramProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);
    private const int SigTerm = 15, SigStop = 19, SigCont = 18;
    private readonly string program;
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    /// <param name="program">Path of its assembly from where the tests are, without its ending.</param>
    /// <param name="environment">Variables.</param>
    /// <param name="arguments">As on a command line.</param>
    /// <param name="under">A command that becomes the one that follows it: <c>ip netns exec NAME</c>.</param>
    protected ProgramProcess(
        string program, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments, IEnumerable<string>? under = null)
    {
        this.program = program;
        string[] command = [.. under ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Settings come from the test alone, not from whoever runs it.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("SWEEPS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>What it has said on standard output so far.</summary>
    public string Output => Text(output);

    /// <summary>What it has said on standard error so far.</summary>
    public string Errors => Text(errors);

    public ProgramOutcome Wait()
    {
        if (!process.WaitForExit(Deadline))
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end within {Deadline}; it said: {Errors}");
        }
        process.WaitForExit();
        return new(process.ExitCode, Output, Errors);
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
    public void Terminate() => Send(SigTerm);

    /// <summary>SIGSTOP.</summary>
    public void Stop() => Send(SigStop);

    /// <summary>SIGCONT.</summary>
    public void Continue() => Send(SigCont);

    public void Dispose()
    {
        // Its children end with it, since their standard input does.
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    private void Send(int signal) => Assert.Equal(0, Signal(process.Id, signal));

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
}
