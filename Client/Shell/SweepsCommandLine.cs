using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Sweeps.Client.Cluster;
using Sweeps.Client.Commands;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Shell;

/// <summary>The whole program, but for the process around it: parses, acts, and turns whatever happens into an exit code.</summary>
public static class SweepsCommandLine
{
    private const string ReportTo = "please report it, with the command line, to the project's issue tracker";

    /// <returns>An <see cref="ExitCode"/>; no exception leaves.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster,
        CancellationToken interruption)
    {
        try
        {
            int code = await ActAsync(arguments, terminal, catalogue, cluster, interruption).ConfigureAwait(false);
            await terminal.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            terminal.Say("sweeps: interrupted");
            return ExitCode.Interrupted;
        }
        catch (IOException error) when (IsBrokenPipe(error))
        {
            // Whoever read our output has seen enough.
            return ExitCode.Done;
        }
        catch (TableFileException damaged)
        {
            terminal.Say($"sweeps: {OneLine(DamagedFiles.Sentence(damaged))}");
            return ExitCode.MachineFailed;
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or DatasetException or DeviceException or ServerException)
        {
            terminal.Say($"sweeps: {OneLine(error.Message)}");
            return ExitCode.MachineFailed;
        }
#pragma warning disable CA1031 // The last resort: a user never sees a stack trace.
        catch (Exception error)
#pragma warning restore CA1031
        {
            terminal.Say($"sweeps: an error of the program itself ({error.GetType().Name}: {OneLine(error.Message)}); {ReportTo}");
            return ExitCode.MachineFailed;
        }
    }

    /// <summary>The commands, without anything run: for help and completion.</summary>
    internal static RootCommand Commands(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster)
    {
        var root = new RootCommand("Maps phase diagrams of diffusion models: a spec names axes, every point of their grid is simulated, "
            + "what remains is a folder of Parquet files and a picture.")
        {
            HelpName = "sweeps",
        };
        foreach (var command in All(terminal, catalogue, cluster)) root.Add(command);
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction usual } help)
            {
                usual.MaxWidth = terminal.OutIsTerminal ? terminal.Width : 100;
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

    private static IEnumerable<ClientCommand> All(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster) =>
    [
        new RunCommand(terminal, catalogue, cluster),
        new PlanCommand(terminal, catalogue),
        new ResumeCommand(terminal, catalogue, cluster),
        new StatusCommand(terminal, catalogue, cluster),
        new TheoryCommand(terminal, catalogue),
        new ShowCommand(terminal, catalogue),
        new PlotCommand(terminal, catalogue),
        new DevicesCommand(terminal),
        new BenchCommand(terminal),
        new VerifyCommand(terminal, catalogue),
        new SubmitCommand(terminal, catalogue, cluster),
        new ListCommand(terminal, cluster),
        new WatchCommand(terminal, cluster),
        new PauseCommand(terminal, cluster),
        new CancelCommand(terminal, cluster),
        new ExtendCommand(terminal, catalogue, cluster),
        new DashboardCommand(terminal, catalogue, cluster),
    ];

    private static async Task<int> ActAsync(
        IReadOnlyList<string> arguments, Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster,
        CancellationToken interruption)
    {
        // No response files: an argument that begins with '@' means itself.
        var line = Commands(terminal, catalogue, cluster).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        bool actsAnyway = line.Action is HelpWithExamples or ShowVersion;
        if (!actsAnyway && (line.Errors.Count > 0 || line.CommandResult.Command is RootCommand || CommandLineMistakes.Misplaced(line).Any()))
            return terminal.Refuse(CommandLineMistakes.Of(line));

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Interruption sees to the signals.
        };
        return await line.InvokeAsync(configuration, interruption).ConfigureAwait(false);
    }

    private static bool IsBrokenPipe(IOException error) =>
        error.HResult is 32 or unchecked((int)0x8007006D) || error.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var attribute = typeof(SweepsCommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
            parseResult.InvocationConfiguration.Output.WriteLine($"sweeps {attribute!.InformationalVersion}");
            return ExitCode.Done;
        }
    }
}
