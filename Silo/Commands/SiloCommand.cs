using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Silo.Settings;

namespace Sweeps.Silo.Commands;

/// <summary>One command of <c>sweeps-silo</c>: what it takes, its examples, what it does.</summary>
internal abstract class SiloCommand : Command
{
    private readonly Dictionary<SettingKey, Option<string?>> options = [];

    protected SiloCommand(string name, string description, SiloWorld world, params IEnumerable<SettingKey> settings)
        : base(name, description)
    {
        World = world;
        foreach (var key in settings)
        {
            // Text: settings are checked together, wherever each came from.
            var option = new Option<string?>(key.Flag) { Description = key.Description, HelpName = key.HelpName };
            options.Add(key, option);
            Add(option);
        }
        SetAction(ActAsync);
    }

    /// <summary>Command lines that work, shown by <c>--help</c>; at least one.</summary>
    public abstract ImmutableArray<string> Examples { get; }

    protected SiloWorld World { get; }

    /// <returns>An <see cref="Shell.ExitCode"/>.</returns>
    protected abstract Task<int> ActAsync(ParseResult line, CancellationToken interruption);

    /// <summary>What the command line says of a setting.</summary>
    protected Func<SettingKey, string?> Flags(ParseResult line) => key =>
        options.TryGetValue(key, out var option) ? line.GetValue(option) : null;
}
