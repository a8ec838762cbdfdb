using System.Text;

namespace Sweeps.Dashboard.Live;

/// <summary>Makes news of a page's parts, which are named events: remembers what was told, and tells what has changed.</summary>
internal sealed class PageParts
{
    private static readonly byte[] StillHere = ":\n\n"u8.ToArray();

    private readonly Dictionary<string, string> told = [];
    private long number;

    /// <param name="parts">Kind of event, name, and text of each part: HTML for the element of that name, or a word for the script.</param>
    public PageNews Tell(IEnumerable<PagePart> parts)
    {
        StringBuilder all = new(), changed = new();
        foreach (var part in parts)
        {
            string text = Event(part);
            all.Append(text);
            if (told.TryGetValue(part.Name, out string? before) && before == text) continue;
            told[part.Name] = text;
            changed.Append(text);
        }
        return new(number++, Encoding.UTF8.GetBytes(all.ToString()), changed.Length == 0 ? StillHere : Encoding.UTF8.GetBytes(changed.ToString()));
    }

    // Each line of the data has its own field, whatever ends the lines.
    private static string Event(PagePart part)
    {
        var text = new StringBuilder("event: ").Append(part.Kind).Append("\ndata: ").Append(part.Name).Append('\n');
        foreach (string line in part.Text.Split(["\r\n", "\r", "\n"], StringSplitOptions.RemoveEmptyEntries))
            text.Append("data: ").Append(line).Append('\n');
        return text.Append('\n').ToString();
    }
}
