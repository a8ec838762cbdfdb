namespace Sweeps.Grains.Specs;

/// <summary>A word of a command line to copy, which a POSIX shell takes as it stands, whatever is in it.</summary>
public static class ShellWord
{
    // Within double quotes these mean themselves; '$', '`', '\', '"' and '!' do not.
    private const string PlainInDoubleQuotes = " '*()";

    public static string Of(string text)
    {
        if (text.Length > 0 && text.All(IsPlain)) return text;
        return text.Contains('\'') && text.All(letter => IsPlain(letter) || PlainInDoubleQuotes.Contains(letter))
            ? $"\"{text}\""
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "-_./:@%+=,".Contains(letter);
}
