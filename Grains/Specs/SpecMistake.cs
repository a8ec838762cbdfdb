using System.Globalization;

namespace Sweeps.Grains.Specs;

/// <summary>One thing that is wrong in a spec, with its place and what to do about it.</summary>
/// <param name="Source">The file, or <c>--set KEY</c>.</param>
/// <param name="Line">Line from 1; null where the mistake has no line (something is missing, or the source is a command line).</param>
/// <param name="Column">Column from 1; null when <paramref name="Line"/> is.</param>
/// <param name="Key">The key at fault; empty when the text as a whole is.</param>
/// <param name="Message">What is wrong, one clause.</param>
/// <param name="Remedy">What to do, one clause.</param>
public sealed record SpecMistake(string Source, int? Line, int? Column, string Key, string Message, string Remedy)
{
    /// <summary>One sentence: <c>file:line:column: message; remedy</c>.</summary>
    public override string ToString() => Line is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"{Source}:{line}:{Column}: {Message}; {Remedy}")
        : $"{Source}: {Message}; {Remedy}";
}
