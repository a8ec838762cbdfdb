using System.Buffers;
using System.Globalization;
using System.Text;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Grains.Tests.Telemetry.Exposition;

/// <summary>A page as a reader of the formats understands it: strict, and written without a look at the writer.</summary>
internal sealed class ParsedPage
{
    private readonly List<Sample> samples = [];
    private readonly List<string> families = [];

    private ParsedPage(string page, bool isOpen)
    {
        if (page.Length > 0 && !page.EndsWith('\n')) throw new FormatException("the last line is cut off");
        string[] lines = page.Split('\n')[..^1];
        if (isOpen != (lines is [.., "# EOF"])) throw new FormatException("# EOF");
        if (isOpen) lines = lines[..^1];
        string? family = null;
        foreach (string line in lines)
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ', 4);
                string key = $"{words[1]} {words[2]}";
                if (!Notes.TryAdd(key, words[3])) throw new FormatException($"{key} twice");
                if (family != words[2] && families.Contains(words[2]))
                    throw new FormatException($"{words[2]} comes again");
                if (family != words[2]) families.Add(family = words[2]);
                continue;
            }
            var sample = Read(line);
            if (family is null || !IsOf(sample.Name, family, isOpen))
                throw new FormatException($"{sample.Name} does not belong to {family}");
            if (samples.Any(other => other.Name == sample.Name && other.Labels.OrderBy(Key).SequenceEqual(sample.Labels.OrderBy(Key))))
                throw new FormatException($"twice: {line}");
            samples.Add(sample);
        }

        static string Key(KeyValuePair<string, string> label) => label.Key;
    }

    /// <summary>By <c>TYPE name</c>, <c>HELP name</c>, <c>UNIT name</c>; escaped as they were.</summary>
    public Dictionary<string, string> Notes { get; } = [];

    public IReadOnlyList<string> Families => families;

    public static ParsedPage Of(string page, ExpositionFormat format) => new(page, format == ExpositionFormat.OpenMetrics);

    public static async Task<ParsedPage> OfAsync(MetricsExposition exposition, ExpositionFormat? format = null) =>
        Of(await TextOfAsync(exposition, format), format ?? ExpositionFormat.PrometheusText);

    public static async Task<string> TextOfAsync(MetricsExposition exposition, ExpositionFormat? format = null)
    {
        var page = new ArrayBufferWriter<byte>();
        await exposition.WriteAsync(page, format ?? ExpositionFormat.PrometheusText);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(page.WrittenSpan);
    }

    public IReadOnlyList<Sample> Series(string name) => samples.FindAll(sample => sample.Name == name);

    public double Value(string name, params (string Name, string Value)[] labels) => Series(name).Single(sample =>
        sample.Labels.Count == labels.Length && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value)).Value;

    private bool IsOf(string sample, string family, bool isOpen)
    {
        string[] ends = Notes[$"TYPE {family}"] switch
        {
            "histogram" => ["_bucket", "_sum", "_count"],
            "counter" when isOpen => ["_total"],
            "info" => ["_info"],
            _ => [""],
        };
        return ends.Any(end => sample == family + end);
    }

    private static Sample Read(string line)
    {
        int at = line.AsSpan().IndexOfAny('{', ' ');
        string name = line[..at];
        Dictionary<string, string> labels = [];
        if (line[at] == '{')
        {
            do
            {
                int equals = line.IndexOf("=\"", at, StringComparison.Ordinal);
                string label = line[(at + 1)..equals];
                var value = new StringBuilder();
                for (at = equals + 2; line[at] != '"'; at++)
                {
                    value.Append(line[at] != '\\' ? line[at] : line[++at] switch
                    {
                        'n' => '\n',
                        '\\' => '\\',
                        '"' => '"',
                        var other => throw new FormatException($"\\{other}"),
                    });
                }
                labels.Add(label, value.ToString());
                at++;
            }
            while (line[at] == ',');
            if (line[at++] != '}') throw new FormatException(line);
        }
        if (line[at] != ' ') throw new FormatException(line);
        double number = line[(at + 1)..] switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        return new(name, labels, number);
    }

    internal sealed record Sample(string Name, Dictionary<string, string> Labels, double Value);
}
