namespace Sweeps.Dashboard.Plots;

/// <summary>Breaks text at spaces into lines that fit a width; what does not fit the last line ends in an ellipsis.</summary>
internal static class TextWrap
{
    public static IReadOnlyList<string> Lines(string? text, double size, double width, int mostLines, bool isBold = false)
    {
        List<string> lines = [];
        Queue<string> words = new((text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string line = "";
        while (words.TryPeek(out string? word))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            bool fits = TextMetrics.Width(longer, size, isBold) <= width;
            if (fits || line.Length == 0)
            {
                words.Dequeue();
                line = fits ? longer : Cut(longer, size, width, isBold);
            }
            else if (lines.Count == mostLines - 1)
            {
                lines.Add(Cut(line + " " + string.Join(' ', words), size, width, isBold));
                return lines;
            }
            else
            {
                lines.Add(line);
                line = "";
            }
        }
        if (line.Length > 0)
            lines.Add(line);
        return lines;
    }

    private static string Cut(string text, double size, double width, bool isBold)
    {
        int length = text.Length;
        while (length > 1 && TextMetrics.Width(text[..length] + "…", size, isBold) > width)
            length--;
        // Not between the two halves of a surrogate pair.
        if (length > 1 && char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length].TrimEnd() + "…";
    }
}
