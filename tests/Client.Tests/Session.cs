using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Fakes;

namespace Sweeps.Client.Tests;

/// <summary>Runs command lines in this process, in a folder of its own, and keeps what they say.</summary>
internal sealed class Session : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sweeps-client-");
    private Action<string>? printed;
    private Func<string>? said;

    public IReadOnlyCollection<IExperiment> Catalogue { get; init; } = [new FakeExperiment()];

    public bool IsTerminal { get; init; }

    public int Width { get; init; } = 100;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What servers' addresses lead to.</summary>
    public FakeCluster Cluster { get; init; } = new();

    /// <summary>How they are reached, if not by the cluster itself.</summary>
    public ISweepServers? Servers { get; init; }

    /// <summary>The environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public CancellationTokenSource Interruption { get; } = new();

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string[] Mistakes => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Writes a file that its owner alone can read.</summary>
    public string WriteSecret(string name, string text)
    {
        string path = Write(name, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Does something as soon as the next command line has printed a line to standard output, which it is told.</summary>
    public Task WhenPrinted(Func<string, Task> act)
    {
        var printed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        this.printed = line => printed.TrySetResult(line);
        return ActAsync();

        async Task ActAsync() => await act(await printed.Task);
    }

    /// <summary>What the command line that runs has said after some words, to the line's end.</summary>
    public string Said(string words)
    {
        string text = said!();
        return text[(text.IndexOf(words, StringComparison.Ordinal) + words.Length)..].Split('\n')[0];
    }

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    public int Run(params string[] arguments)
    {
        using LineWriter output = new() { Printed = printed };
        using StringWriter error = new();
        said = error.ToString;
        var terminal = new Terminal
        {
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            OutIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            Width = Width,
            Clock = Clock,
        };
        var cluster = new ClusterAccess(Servers ?? Cluster, Variables.GetValueOrDefault);
        int code = SweepsCommandLine.RunAsync(arguments, terminal, Catalogue, cluster, Interruption.Token).GetAwaiter().GetResult();
        (Out, Error) = (output.ToString(), error.ToString());
        Assert.DoesNotContain("   at ", Error);
        return code;
    }

    public void Dispose()
    {
        Interruption.Dispose();
        folder.Delete(recursive: true);
    }

    private sealed class LineWriter : StringWriter
    {
        public Action<string>? Printed { get; init; }

        public override void Flush()
        {
            if (Printed is not null && ToString() is var text && text.EndsWith('\n')) Printed(text.TrimEnd('\n').Split('\n')[^1]);
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flush();
            return Task.CompletedTask;
        }
    }
}
