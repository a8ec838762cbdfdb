using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Sweeps.Client.Commands;

namespace Sweeps.Client.Shell;

/// <summary>The parser's help, then what the command adds, then its examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is not ClientCommand command) return ExitCode.Done;

        command.WriteMoreHelp(output);
        output.WriteLine(command.Examples.Length == 1 ? "Example:" : "Examples:");
        foreach (string example in command.Examples) output.WriteLine($"  {example}");
        return ExitCode.Done;
    }
}
