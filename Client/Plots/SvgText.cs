using System.Text;

namespace Sweeps.Client.Plots;

/// <summary>Text as SVG wants it: XML-escaped, and with Unicode superscript digits set as raised, smaller figures, which look alike in every font.</summary>
internal static class SvgText
{
    public const double SuperscriptShare = 0.72;
    private const double Rise = 0.36;

    public static bool IsSuperscript(char c) => Plain(c) != '\0';

    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
                escaped.Append(c).Append(text[++i]);
            else
                escaped.Append(Escape(c));
        }
        return escaped.ToString();
    }

    public static string Marked(string text, double size)
    {
        if (!text.Any(IsSuperscript))
            return Escape(text);
        StringBuilder marked = new();
        int at = 0;
        bool wasRaised = false;
        while (at < text.Length)
        {
            int end = at;
            bool isRaised = IsSuperscript(text[at]);
            while (end < text.Length && IsSuperscript(text[end]) == isRaised)
                end++;
            string run = text[at..end];
            double shift = (wasRaised ? Rise * size : 0) - (isRaised ? Rise * size : 0);
            if (isRaised)
                marked.Append("<tspan dy=\"").Append(SvgWriter.Number(shift)).Append("\" font-size=\"").Append(SvgWriter.Number(SuperscriptShare * size)).Append("\">")
                    .Append(string.Concat(run.Select(Plain))).Append("</tspan>");
            else if (shift != 0)
                marked.Append("<tspan dy=\"").Append(SvgWriter.Number(shift)).Append("\">").Append(Escape(run)).Append("</tspan>");
            else
                marked.Append(Escape(run));
            wasRaised = isRaised;
            at = end;
        }
        return marked.ToString();
    }

    private static string Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\t' or '\n' or '\r' => " ",
        // What XML 1.0 cannot hold at all.
        < ' ' or '\uFFFE' or '\uFFFF' => "\uFFFD",
        _ when char.IsSurrogate(c) => "\uFFFD",
        _ => c.ToString(),
    };

    private static char Plain(char c) => c switch
    {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        >= '⁴' and <= '⁹' => (char)(c - '⁴' + '4'),
        '⁻' => NumberLabels.Minus,
        _ => '\0',
    };
}
