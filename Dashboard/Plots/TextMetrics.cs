namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Estimated text widths. There is no font at hand when SVG is written, so: the advance widths of Helvetica (Adobe font metrics, also those
/// of Arial and Liberation Sans), with a margin for readers whose system replaces the font.
/// </summary>
internal static class TextMetrics
{
    private const double Margin = 1.04;

    // From U+0020 to U+007E, in thousandths of the size.
    private static ReadOnlySpan<short> Helvetica =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556,
            278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667,
            611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,
            500, 334, 260, 334, 584,
    ];

    public static double Width(string text, double size, bool isBold = false)
    {
        double sum = 0;
        foreach ((string run, int height) in SvgText.Runs(text))
            sum += run.Sum(Advance) * (height == 0 ? 1 : SvgText.ScriptShare);
        return sum * size / 1000 * Margin * (isBold ? 1.07 : 1);
    }

    private static double Advance(char c) => c switch
    {
        >= ' ' and <= '~' => Helvetica[c - ' '],
        NumberLabels.Minus or '±' or '×' => 584,
        '…' or '—' => 1000,
        '\u00A0' => 278,
        // Letters with accents, Greek, Cyrillic; then scripts whose characters are as wide as high.
        < '\u1100' => 610,
        < '\u2E80' => 800,
        _ => 1000,
    };
}
