using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Sweeps.Compute.Devices;
using Sweeps.Grains.Datasets;
using Sweeps.Silo.Commands;

namespace Sweeps.Silo.Shell;

/// <summary>The whole program, but for the process around it: parses, acts, and turns whatever happens into an exit code.</summary>
internal static class SiloCommandLine
{
    /// <returns>An <see cref="ExitCode"/>; no exception leaves.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, SiloWorld world, CancellationToken interruption)
    {
        try
        {
            int code = await ActAsync(arguments, world, interruption).ConfigureAwait(false);
            await world.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DatasetException or DeviceException)
        {
            world.Error.WriteLine($"sweeps-silo: {OneLine(error.Message)}");
            return ExitCode.MachineFailed;
        }
#pragma warning disable CA1031 // The last resort: a user never sees a stack trace.
        catch (Exception error)
#pragma warning restore CA1031
        {
            world.Error.WriteLine($"sweeps-silo: an error of the program itself ({error.GetType().Name}: {OneLine(error.Message)}); "
                + "please report it, with the log, to the project's issue tracker");
            return ExitCode.MachineFailed;
        }
    }

    /// <summary>The commands, without anything run: for help.</summary>
    internal static RootCommand Commands(SiloWorld world)
    {
        var root = new RootCommand("The worker process of a cluster: takes chunks of sweeps from a database, computes them, "
            + "and publishes their rows in a folder that all silos share. Every option may come from the environment instead "
            + "(--lost-after as SWEEPS_LOST_AFTER), or from a settings file.")
        {
            new RunCommand(world), new CheckCommand(world), new MigrateCommand(world), new ChunkCommand(world),
        };
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction usual } help)
            {
                usual.MaxWidth = 100;
                help.Description = "Show help, with examples.";
                help.Action = new HelpWithExamples(usual);
            }
            else if (option is VersionOption version)
            {
                version.Description = "Show the version.";
                version.Action = new ShowVersion();
            }
        }
        return root;
    }

    private static async Task<int> ActAsync(IReadOnlyList<string> arguments, SiloWorld world, CancellationToken interruption)
    {
        // Options alone are those of 'run'. No response files: an argument that begins with '@' means itself.
        bool isRun = arguments.Count == 0
            || (arguments[0].StartsWith('-') && arguments[0] is not ("--help" or "-h" or "-?" or "--version"));
        IReadOnlyList<string> words = isRun ? ["run", .. arguments] : arguments;
        var line = Commands(world).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        bool actsAnyway = line.Action is HelpWithExamples or ShowVersion;
        if (!actsAnyway && (line.Errors.Count > 0 || line.CommandResult.Command is RootCommand))
            return world.Refuse(CommandLineMistakes.Of(line));
        var configuration = new InvocationConfiguration
        {
            Output = world.Out,
            Error = world.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // DrainSignals sees to the signals.
        };
        return await line.InvokeAsync(configuration, interruption).ConfigureAwait(false);
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var attribute = typeof(SiloCommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
            parseResult.InvocationConfiguration.Output.WriteLine($"sweeps-silo {attribute!.InformationalVersion}");
            return ExitCode.Done;
        }
    }
}
