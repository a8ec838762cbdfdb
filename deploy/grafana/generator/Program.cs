using Sweeps.Grafana.Dashboards;

if (args is not [var folder])
{
    Console.Error.WriteLine("one argument: the folder that gets the dashboards, deploy/grafana/dashboards");
    return 2;
}
Directory.CreateDirectory(folder);
foreach (var dashboard in Catalogue.All) File.WriteAllText(Path.Combine(folder, dashboard.FileName), dashboard.ToJson());
return 0;
