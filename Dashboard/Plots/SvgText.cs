using System.Text;
using System.Text.RegularExpressions;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Text as SVG wants it: XML-escaped, with Unicode superscript digits set as raised, smaller figures, which look alike in every font, and
/// with the mark-up of labels: <c>t_{S}</c> lowers, <c>x^{2}</c> raises.
/// </summary>
internal static partial class SvgText
{
    /// <summary>Size of raised and lowered letters.</summary>
    public const double ScriptShare = 0.72;
    private const double Rise = 0.36;
    private const double Fall = 0.2;

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

    /// <summary>Without mark-up, for tooltips and screen readers: <c>t_S</c>.</summary>
    public static string WithoutMarkup(string text) => Markup().Replace(text, match => text[match.Index] + match.Groups[1].Value);

    /// <summary>Pieces at one height each: 1 raised, 0 on the baseline, −1 lowered.</summary>
    public static IEnumerable<(string Text, int Height)> Runs(string text)
    {
        int at = 0;
        foreach (Match match in Markup().Matches(text))
        {
            foreach ((string, int) run in PlainRuns(text[at..match.Index]))
                yield return run;
            yield return (match.Groups[1].Value, text[match.Index] == '^' ? 1 : -1);
            at = match.Index + match.Length;
        }
        foreach ((string, int) run in PlainRuns(text[at..]))
            yield return run;
    }

    public static string Marked(string text, double size)
    {
        StringBuilder marked = new();
        int before = 0;
        foreach ((string run, int height) in Runs(text))
        {
            double shift = Shift(before, size) - Shift(height, size);
            string smaller = height == 0 ? "" : $" font-size=\"{SvgWriter.Number(ScriptShare * size)}\"";
            marked.Append(shift == 0 && height == 0 ? Escape(run)
                : $"<tspan dy=\"{SvgWriter.Number(shift)}\"{smaller}>{Escape(run)}</tspan>");
            before = height;
        }
        return marked.ToString();
    }

    private static double Shift(int height, double size) => height switch { > 0 => Rise * size, < 0 => -Fall * size, _ => 0 };

    private static IEnumerable<(string Text, int Height)> PlainRuns(string text)
    {
        for (int at = 0, end; at < text.Length; at = end)
        {
            bool isRaised = Plain(text[at]) != '\0';
            for (end = at; end < text.Length && Plain(text[end]) != '\0' == isRaised;)
                end++;
            string run = text[at..end];
            yield return isRaised ? (string.Concat(run.Select(Plain)), 1) : (run, 0);
        }
    }

    [GeneratedRegex(@"[_^]\{([^{}]*)\}")]
    private static partial Regex Markup();

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
