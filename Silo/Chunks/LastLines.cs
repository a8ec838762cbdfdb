using System.Text;

namespace Sweeps.Silo.Chunks;

/// <summary>The end of what a process says, in bounded memory.</summary>
internal static class LastLines
{
    private const int LongestLine = 1000;

    /// <summary>Reads to the end.</summary>
    /// <returns>The last lines that are not empty, each cut when long.</returns>
    public static async Task<string> ReadAsync(TextReader reader, int count)
    {
        var lines = new Queue<string>();
        var line = new StringBuilder();
        char[] buffer = new char[4096];
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            foreach (char letter in buffer.AsSpan(0, read))
            {
                if (letter is not '\n')
                {
                    if (line.Length < LongestLine) line.Append(letter);
                    continue;
                }
                Keep();
            }
        Keep();
        return string.Join('\n', lines);

        void Keep()
        {
            string text = line.ToString().TrimEnd();
            line.Clear();
            if (text.Length == 0) return;
            lines.Enqueue(text);
            if (lines.Count > count) lines.Dequeue();
        }
    }
}
