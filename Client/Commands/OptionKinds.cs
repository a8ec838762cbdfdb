using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary>Options whose mistakes read as sentences.</summary>
internal static class OptionKinds
{
    /// <summary>An integer of at least <paramref name="minimum"/>.</summary>
    public static Option<T?> Integer<T>(string name, string helpName, string description, T minimum)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum)
                    return value;
                result.AddError($"{name} is {Shown.As(text)}, not an integer of at least {minimum}");
                return null;
            },
        };

    /// <summary>One of a few words, the first of them unless told otherwise.</summary>
    public static Option<string> Word(string name, string description, params string[] words) => new(name)
    {
        Description = $"{description} [default: {words[0]}]",
        HelpName = string.Join('|', words),
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (words.Contains(text)) return text;
            result.AddError($"{name} is {Shown.As(text)}, not one of {string.Join(", ", words)}");
            return null;
        },
    };

    public static Option<string[]> Repeated(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
