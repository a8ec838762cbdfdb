using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary>Options that say where this process serves something.</summary>
internal static class ListenOption
{
    /// <summary>An option that may stand alone.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What is served.</param>
    /// <param name="usual">Where, if the option has no address.</param>
    /// <param name="remedy">What to do about what is no address.</param>
    /// <param name="objection">What is wrong with an address; null if nothing is.</param>
    public static Option<IPEndPoint?> Optional(
        string name, string description, IPEndPoint usual, string remedy, Func<IPEndPoint, string?>? objection = null)
    {
        var option = Create(
            name, $"{description} [without an ADDRESS: {usual}].", usual, $"{remedy}, or {name} alone for {usual}", objection);
        option.Arity = ArgumentArity.ZeroOrOne;
        return option;
    }

    /// <summary>An option that may be absent.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What is served.</param>
    /// <param name="usual">Where, without the option.</param>
    /// <param name="remedy">What to do about what is no address.</param>
    public static Option<IPEndPoint?> Defaulted(string name, string description, IPEndPoint usual, string remedy)
    {
        var option = Create(name, $"{description} [default: {usual}].", usual, $"{remedy}, or leave it out for {usual}", null);
        option.DefaultValueFactory = _ => usual;
        return option;
    }

    private static Option<IPEndPoint?> Create(
        string name, string description, IPEndPoint usual, string remedy, Func<IPEndPoint, string?>? objection)
    {
        return new(name) { Description = description, HelpName = "ADDRESS", CustomParser = Parse };

        IPEndPoint? Parse(ArgumentResult result)
        {
            if (result.Tokens.Count == 0) return usual;
            string text = result.Tokens[0].Value;
            if (ListenAddress.TryParse(text, out var address))
            {
                if (objection?.Invoke(address) is { } sentence) result.AddError(sentence);
                return address;
            }
            result.AddError($"{name} is {Shown.As(text)}, no address to listen on; {remedy}");
            return null;
        }
    }
}
