using System.Globalization;
using System.Text;
using OpenTelemetry;

namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>The labels of a series as both formats write them, without braces: <c>lane="0",state="idle"</c>; by name.</summary>
internal sealed class LabelText
{
    private readonly Dictionary<string, string> names = [];
    private readonly List<(string Name, string Key, string Value)> labels = [];
    private readonly StringBuilder text = new();

    public string Of(ReadOnlyTagCollection tags)
    {
        labels.Clear();
        foreach (var tag in tags) labels.Add((NameOf(tag.Key), tag.Key, ValueOf(tag.Value)));
        return Written();
    }

    public string Of(IEnumerable<KeyValuePair<string, object>> attributes)
    {
        labels.Clear();
        foreach (var attribute in attributes) labels.Add((NameOf(attribute.Key), attribute.Key, ValueOf(attribute.Value)));
        return Written();
    }

    private string Written()
    {
        if (labels.Count == 0) return "";
        labels.Sort(static (one, other) =>
            string.CompareOrdinal(one.Name, other.Name) is not 0 and var byName ? byName : string.CompareOrdinal(one.Key, other.Key));
        text.Clear();
        for (int i = 0; i < labels.Count; i++)
        {
            // Keys that only Prometheus cannot tell apart share a label.
            bool isSame = i > 0 && labels[i].Name == labels[i - 1].Name;
            if (isSame) text.Length--;
            else text.Append(i > 0 ? "," : "").Append(labels[i].Name).Append("=\"");
            text.Append(isSame ? ";" : "").Append(Escaping.Label(labels[i].Value)).Append('"');
        }
        return text.ToString();
    }

    private string NameOf(string key)
    {
        if (!names.TryGetValue(key, out string? name)) names.Add(key, name = PrometheusName.OfLabel(key));
        return name;
    }

    private static string ValueOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
