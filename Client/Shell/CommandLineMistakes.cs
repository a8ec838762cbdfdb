using System.CommandLine;
using Sweeps.Client.Commands;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Shell;

/// <summary>What the parser finds wrong, as one sentence per mistake, each with a remedy.</summary>
internal static class CommandLineMistakes
{
    public static IEnumerable<string> Of(ParseResult line)
    {
        var command = line.CommandResult.Command;
        string path = command is ClientCommand ? $"sweeps {command.Name}" : "sweeps";
        string help = $"see '{path} --help'";
        if (line.UnmatchedTokens.Count == 0 && command is not ClientCommand)
        {
            yield return $"sweeps: no command is given; {help}";
            yield break;
        }
        // Words that belong nowhere are named once, by us; the parser's remarks on them, and on a command that they hide, add nothing.
        if (command is not ClientCommand)
        {
            yield return Unknown(line.UnmatchedTokens[0], command, path, help);
            yield break;
        }
        foreach (string token in line.UnmatchedTokens) yield return Unknown(token, command, path, help);
        foreach (var error in line.Errors)
            if (!line.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)))
                yield return $"{path}: {Sentence(error.Message, command)}; {help}";
    }

    private static string Unknown(string token, Command command, string path, string help)
    {
        bool isOption = token.StartsWith('-');
        string word = token.Split('=')[0];
        string[] known = isOption ? [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name)]
            : [.. command.Subcommands.Select(sub => sub.Name)];
        string remedy = known.Length == 0 ? $"leave it out, or put quotes around a value with blanks; {help}" : Suggestion.For(word, known);
        return $"{path}: {Shown.As(token)} is not known here; {remedy}";
    }

    private static string Sentence(string message, Command command)
    {
        if (message.StartsWith("Required argument ", StringComparison.Ordinal) && message.Contains("for command", StringComparison.Ordinal)
            && command.Arguments.FirstOrDefault(known => message.Contains($"'{known.Name}'", StringComparison.Ordinal)) is { } argument)
            return $"{argument.Name} is missing";
        if (message.StartsWith("Required argument missing for option", StringComparison.Ordinal))
            return $"a value is missing after {message[(message.IndexOf('\'') + 1)..message.LastIndexOf('\'')]}";
        if (message.StartsWith("Option ", StringComparison.Ordinal) && message.EndsWith("is required.", StringComparison.Ordinal))
            return $"{message[(message.IndexOf('\'') + 1)..message.LastIndexOf('\'')]} is missing";
        return char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
    }
}
