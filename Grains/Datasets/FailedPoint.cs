using System.Text;
using System.Text.Json;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Datasets;

/// <summary>A point without a row, as in <c>failures/*.jsonl</c>.</summary>
/// <param name="Point">Grid index.</param>
/// <param name="Keys">Canonical value of every key, <c>null</c> in words where it has no effect.</param>
/// <param name="Error">Kind of the error, for counting.</param>
/// <param name="Cause">What went wrong, for people.</param>
public sealed record FailedPoint(long Point, IReadOnlyList<KeyValuePair<string, string>> Keys, string Error, string Cause)
{
    internal static FailedPoint Of(long point, PointKeys keys, string error, string cause) => new(
        point, [.. keys.Keys.Select((key, i) => KeyValuePair.Create(key.Name, keys.Values[i].ToString()))], error, cause);

    internal string ToLine()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("point", Point);
            json.WriteStartObject("keys");
            foreach (var (name, value) in Keys) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteString("error", Error);
            json.WriteString("cause", Cause);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads a file of failures, line by line.</summary>
    /// <exception cref="DatasetException">A line is not what was written; the message names file and line.</exception>
    public static IEnumerable<FailedPoint> Read(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            FailedPoint failed;
            try
            {
                using var json = JsonDocument.Parse(line);
                var root = json.RootElement;
                failed = new(
                    root.GetProperty("point").GetInt64(),
                    [.. root.GetProperty("keys").EnumerateObject().Select(key => KeyValuePair.Create(key.Name, Word(key.Value, key.Name)))],
                    Word(root.GetProperty("error"), "error"),
                    Word(root.GetProperty("cause"), "cause"));
            }
            catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw DatasetException.Damage($"{path} is damaged at line {number}: it is not a failed point; restore it from a copy", cause);
            }
            yield return failed;
        }
    }

    private static string Word(JsonElement value, string name) =>
        value.GetString() ?? throw new FormatException($"{name} is null");
}
