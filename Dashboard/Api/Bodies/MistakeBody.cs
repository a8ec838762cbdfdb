using System.ComponentModel;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>One mistake in a request.</summary>
internal sealed record MistakeBody(
    [property: Description("The whole of it: place, what is wrong, what to do.")] string Sentence,
    [property: Description("spec, or --set KEY for set=KEY=VALUE; null for a mistake of the address or a header.")] string? Source,
    [property: Description("Line of the spec, from 1.")] int? Line,
    [property: Description("Column of the spec, from 1.")] int? Column,
    [property: Description("The key at fault.")] string? Key,
    [property: Description("What is wrong.")] string Message,
    [property: Description("What to do.")] string? Remedy)
{
    public static MistakeBody Of(string sentence) =>
        sentence.Split("; ", 2) is [var message, var remedy]
            ? new(sentence, null, null, null, null, message, remedy)
            : new(sentence, null, null, null, null, sentence, null);

    public static MistakeBody Of(SpecMistake mistake) => new(
        mistake.ToString(), mistake.Source, mistake.Line, mistake.Column, mistake.Key.Length > 0 ? mistake.Key : null, mistake.Message,
        mistake.Remedy);
}
