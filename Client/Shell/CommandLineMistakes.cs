using System.CommandLine;
using System.CommandLine.Parsing;
using Sweeps.Client.Commands;
using Sweeps.Grains.Hosts;
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
        // A misspelt option in the place of an argument moves all words behind it: they say nothing.
        string[] misplaced = [.. Misplaced(line)];
        string[] unknown = [.. misplaced, .. line.UnmatchedTokens.Where(token => misplaced.Length == 0 || token.StartsWith('-'))];
        foreach (string token in unknown) yield return Unknown(token, command, path, help);
        foreach (var error in line.Errors)
            if (!line.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)))
                yield return $"{path}: {Sentence(error.Message, command)}; {help}";
    }

    /// <summary>Words that the parser took for arguments, and that nobody can have meant as such; behind <c>--</c> all are meant.</summary>
    public static IEnumerable<string> Misplaced(ParseResult line)
    {
        bool mayBeOptions = !line.Tokens.Any(token => token.Type is TokenType.DoubleDash);
        return line.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Where(word => SecretWord.Is(word.Split('=')[0]) || (mayBeOptions && word.Length > 1 && word.StartsWith('-')));
    }

    private static string Unknown(string token, Command command, string path, string help)
    {
        // What stands behind an unknown option may be as secret as an address.
        string word = token.Split('=')[0];
        if (SecretWord.Is(word) && command.Options.Any(option => option.Name == ServerOption.Name))
            return $"{path}: an address stands alone; write {ServerOption.Name} before it";
        string[] known = token.StartsWith('-') ? [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name)]
            : [.. command.Subcommands.Select(sub => sub.Name)];
        string remedy = known.Length == 0 ? $"leave it out, or put quotes around a value with blanks; {help}" : Suggestion.For(word, known);
        return $"{path}: {SecretWord.Shown(word)} is not known here; {remedy}";
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
