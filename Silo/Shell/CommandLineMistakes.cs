using System.CommandLine;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;
using Sweeps.Silo.Commands;

namespace Sweeps.Silo.Shell;

/// <summary>What the parser finds wrong, as one sentence per mistake, each with a remedy.</summary>
internal static class CommandLineMistakes
{
    public static IEnumerable<string> Of(ParseResult line)
    {
        var command = line.CommandResult.Command;
        string path = command is SiloCommand ? $"sweeps-silo {command.Name}" : "sweeps-silo";
        foreach (string token in line.UnmatchedTokens) yield return Unknown(token, command, path);
        foreach (var error in line.Errors)
            if (!line.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))
                && command is SiloCommand)
                yield return $"{path}: {Sentence(error.Message)}; see '{path} --help'";
    }

    private static string Unknown(string token, Command command, string path)
    {
        // What stands behind an unknown option may be as secret as an address.
        string word = token.Split('=')[0];
        if (SecretWord.Is(word)) return $"{path}: an address stands alone; write --server before it";
        string[] known = token.StartsWith('-')
            ? [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name)]
            : [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)];
        return token.StartsWith('-') || known.Length > 0
            ? $"{path}: {Shown.As(word)} is not known here; {Suggestion.For(word, known)}"
            : $"{path}: a word stands where an option belongs; leave it out, or see '{path} --help'";
    }

    private static string Sentence(string message)
    {
        if (message.StartsWith("Required argument missing for option", StringComparison.Ordinal))
            return $"a value is missing after {message[(message.IndexOf('\'', StringComparison.Ordinal) + 1)..message.LastIndexOf('\'')]}";
        return char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
    }
}
