using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary>Options whose mistakes read as sentences.</summary>
internal static class OptionKinds
{
    private const int MaximumThreads = 1024;

    /// <summary>An integer of at least <paramref name="minimum"/>, and of at most <paramref name="maximum"/> if that is given.</summary>
    public static Option<T?> Integer<T>(string name, string helpName, string description, T minimum, T? maximum = null)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum
                    && (maximum is not { } most || value <= most))
                    return value;
                string limit = maximum is null ? "" : $" and at most {maximum}";
                result.AddError($"{name} is {Shown.As(text)}, not an integer of at least {minimum}{limit}");
                return null;
            },
        };

    /// <summary>A number of threads; the limit keeps a slip of the finger from asking the machine for more than it can start.</summary>
    public static Option<int?> Threads(string description) => Integer("--threads", "N", description, 1, MaximumThreads);

    /// <summary>One of a few words, the first of them unless told otherwise.</summary>
    public static Option<string> Word(string name, string description, params string[] words) => new(name)
    {
        Description = $"{description} [default: {words[0]}]",
        HelpName = string.Join('|', words),
        CustomParser = result => OneOf(name, words, result),
    };

    /// <summary>One of a few words, or none of them.</summary>
    public static Option<string?> WordOrNone(string name, string description, params string[] words) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words),
        CustomParser = result => OneOf(name, words, result),
    };

    public static Option<string[]> Repeated(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static string? OneOf(string name, string[] words, ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (words.Contains(text)) return text;
        result.AddError($"{name} is {Shown.As(text)}, not one of {string.Join(", ", words)}");
        return null;
    }
}
