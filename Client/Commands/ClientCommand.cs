using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Commands;

/// <summary>One command of <c>sweeps</c>: what it takes, its examples, what it does.</summary>
internal abstract class ClientCommand : Command
{
    protected ClientCommand(string name, string description, Terminal terminal)
        : base(name, description)
    {
        Terminal = terminal;
        SetAction(ActAsync);
    }

    /// <summary>Command lines that work, shown by <c>--help</c>; at least one.</summary>
    public abstract ImmutableArray<string> Examples { get; }

    protected Terminal Terminal { get; }

    /// <summary>What <c>--help</c> says between the options and the examples.</summary>
    public virtual void WriteMoreHelp(TextWriter output)
    {
    }

    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="IOException">The machine failed.</exception>
    protected abstract Task<int> ActAsync(ParseResult line, CancellationToken interruption);
}
