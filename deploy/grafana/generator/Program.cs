using Sweeps.Grafana.Dashboards;
using Sweeps.Grafana.Documents;

if (args is not [var deploy] || !Directory.Exists(Path.Combine(deploy, "prometheus")))
{
    Console.Error.WriteLine("one argument: the folder deploy, whose grafana/dashboards and prometheus/metrics.md are made");
    return 2;
}
string dashboards = Path.Combine(deploy, "grafana", "dashboards");
Directory.CreateDirectory(dashboards);
foreach (var dashboard in Catalogue.All) File.WriteAllText(Path.Combine(dashboards, dashboard.FileName), dashboard.ToJson());
File.WriteAllText(Path.Combine(deploy, "prometheus", MetricList.FileName), MetricList.Text());
return 0;
