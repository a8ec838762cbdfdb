using System.Text;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Grafana.Documents;

/// <summary><c>deploy/prometheus/metrics.md</c>: every metric, for those who write queries.</summary>
public static class MetricList
{
    public const string FileName = "metrics.md";

    public static string Text()
    {
        var text = new StringBuilder(
            """
            # Metrics

            Made from their declarations ([how](../grafana/README.md#to-change)); not to be changed by hand. Of a histogram there are `_bucket`, `_sum` and `_count`.
            *Taken together* is how the figures of several silos become one: each adds its part, the extreme one counts, or they are facts of the whole cluster that the silo tells
            which keeps house (the largest, since two may tell the same while the term changes hands).

            | metric | kind | unit | labels | taken together | what |
            |---|---|---|---|---|---|

            """);
        foreach (var one in Instruments.All)
        {
            string[] cells =
            [
                $"`{PrometheusName.Of(one).Sample}`", one.Kind.ToString().ToLowerInvariant(), one.Unit.Trim('{', '}'),
                string.Join(", ", one.Labels.Select(label => $"`{PrometheusName.OfLabel(label)}`")), Word(one.Of),
                one.Description.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal), // a bar ends a cell
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
        return text.ToString();
    }

    private static string Word(FactOf of) => of switch
    {
        FactOf.ProcessPart => "sum",
        FactOf.ProcessExtreme => "extreme",
        _ => "max, of the cluster",
    };
}
