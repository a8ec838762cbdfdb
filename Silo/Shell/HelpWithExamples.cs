using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Sweeps.Silo.Commands;

namespace Sweeps.Silo.Shell;

/// <summary>The parser's help, then the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not SiloCommand command) return ExitCode.Done;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(command.Examples.Length == 1 ? "Example:" : "Examples:");
        foreach (string example in command.Examples) output.WriteLine($"  {example}");
        return ExitCode.Done;
    }
}
