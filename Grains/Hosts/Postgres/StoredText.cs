using System.Text;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>Text of others as the database can keep it: not too long, without NUL, and no halves of characters.</summary>
internal static class StoredText
{
    private const int Longest = 8000;

    public static string Of(string text)
    {
        StringBuilder kept = new(Math.Min(text.Length, Longest));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > Longest) break;
            kept.Append(rune.Value == 0 ? new Rune(' ') : rune);
        }
        return kept.ToString();
    }
}
