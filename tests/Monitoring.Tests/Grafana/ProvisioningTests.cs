using YamlDotNet.RepresentationModel;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>What a new Grafana is told.</summary>
public class ProvisioningTests
{
    [Fact]
    public void The_data_source_is_a_Prometheus_whose_address_comes_from_the_environment()
    {
        var source = (YamlMappingNode)Read("provisioning/datasources/prometheus.yaml")["datasources"][0];
        Assert.Equal(("prometheus", "prometheus", "${PROMETHEUS_URL}"), (Text(source, "uid"), Text(source, "type"), Text(source, "url")));
        Assert.Contains("PROMETHEUS_URL", ((YamlMappingNode)Grafana()["environment"]).Children.Keys.Select(key => key.ToString()));
    }

    [Fact]
    public void Compose_puts_the_files_where_Grafana_looks_for_them()
    {
        string where = Text(Read("provisioning/dashboards/sweeps.yaml")["providers"][0]["options"], "path");
        string[] volumes = [.. ((YamlSequenceNode)Grafana()["volumes"]).Select(volume => volume.ToString())];
        Assert.Contains($"./dashboards:{where}:ro", volumes);
        Assert.Contains("./provisioning:/etc/grafana/provisioning:ro", volumes);
        Assert.Contains(
            Text(Grafana()["environment"], "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"),
            DashboardFile.All.Select(file => $"{where}/{Path.GetFileName(file.Path)}"));
    }

    private static YamlNode Grafana() => Read("compose.yaml")["services"]["grafana"];

    private static string Text(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    private static YamlNode Read(string path)
    {
        using var text = File.OpenText(Checkout.Path($"deploy/grafana/{path}"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return yaml.Documents.Single().RootNode;
    }
}
