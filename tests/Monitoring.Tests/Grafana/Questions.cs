using System.Text.RegularExpressions;
using Sweeps.Contract.Server;
using Sweeps.Monitoring.Tests.Prometheus;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>Asks a Prometheus what Grafana would ask it for all dashboards.</summary>
internal sealed partial class Questions(PrometheusServer prometheus)
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider time = TimeProvider.System;

    /// <summary>Asks until all is answered, or the deadline has come.</summary>
    /// <param name="isAsked">Which queries.</param>
    /// <returns>Those that have no finite number for an answer, each with its panel.</returns>
    public async Task<string[]> UnansweredAsync(Func<PanelQuery, bool> isAsked)
    {
        List<string> unanswered = [];
        async Task<bool> AreAnsweredAsync()
        {
            unanswered.Clear();
            foreach (var file in DashboardFile.All)
            {
                var chosen = await ChooseAsync(file);
                foreach (var query in file.Queries.Where(isAsked))
                    if (!(await AskAsync(query, chosen)).Any(double.IsFinite)) unanswered.Add($"{query.Where}: {query.Expression}");
            }
            return unanswered.Count == 0;
        }

        await Polling.HappensAsync(AreAnsweredAsync, PrometheusServer.Deadline, Pause);
        return [.. unanswered];
    }

    /// <summary>The figure that a panel of one query and one series shows, as soon as there is one.</summary>
    /// <param name="dashboard">Its uid.</param>
    /// <param name="panel">Its title.</param>
    /// <param name="isAwaited">Others are waited out until the deadline, for a scrape may have come while silos still began.</param>
    public async Task<double> LastAsync(string dashboard, string panel, Func<double, bool>? isAwaited = null)
    {
        var file = DashboardFile.All.Single(one => DashboardFile.Text(one.Json, "uid") == dashboard);
        var query = file.Queries.Single(one => one.Where.EndsWith($" / {panel}", StringComparison.Ordinal));
        double? last = null;
        async Task<bool> IsThereAsync()
        {
            var values = await AskAsync(query, await ChooseAsync(file));
            last = values.Count > 0 && double.IsFinite(values[^1]) ? values[^1] : null;
            return last is { } figure && isAwaited?.Invoke(figure) is not false;
        }

        await Polling.HappensAsync(IsThereAsync, PrometheusServer.Deadline, Pause);
        Assert.True(last is not null, $"{panel}: no answer");
        return last.Value;
    }

    private async Task<IReadOnlyList<double>> AskAsync(PanelQuery query, Dictionary<string, string> chosen)
    {
        string asked = Replaced(query.Expression, chosen);
        return query.IsInstant ? await prometheus.AskAsync(asked) : await prometheus.AskAsync(asked, Shown, time);
    }

    /// <summary>As a user finds them: the first of the values, or all.</summary>
    private async Task<Dictionary<string, string>> ChooseAsync(DashboardFile file)
    {
        Dictionary<string, string> chosen = new()
        {
            ["__rate_interval"] = "5s",
            ["__interval"] = "1s",
            ["__range"] = "10s",
            ["datasource"] = "prometheus",
        };
        foreach (var variable in file.Variables.Where(one => DashboardFile.Text(one, "type") == "query"))
        {
            var query = LabelValues().Match(Replaced(DashboardFile.Text(variable["query"]!, "query"), chosen));
            Assert.True(query.Success, DashboardFile.Text(variable["query"]!, "query"));
            string[] values = await prometheus.LabelValuesAsync(query.Groups[1].Value, query.Groups[2].Value);
            bool isAll = (bool)variable["includeAll"]!;
            // None yet: a name that nothing has, so that its queries go unanswered.
            chosen[DashboardFile.Text(variable, "name")] =
                values.Length == 0 ? "none" : isAll ? DashboardFile.Text(variable, "allValue") : values[0];
        }
        return chosen;
    }

    private static string Replaced(string text, Dictionary<string, string> chosen) =>
        Variable().Replace(text, match => chosen[match.Groups[1].Value]);

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^label_values\((.+), (\w+)\)$")]
    private static partial Regex LabelValues();
}
