namespace Sweeps.Grains.Specs;

/// <summary>How a user's own text is shown back inside a message.</summary>
public static class Shown
{
    /// <summary>In quotes, on one line, cut when long: a mistake stays one sentence, whatever the file holds.</summary>
    public static string As(string text, int length = 40) =>
        $"'{OneLine(text.Length <= length ? text : text[..length] + "…")}'";

    public static string OneLine(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '\uFFFD' : source[i];
    });
}
