using Sweeps.Grafana.Dashboards;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>The files that Grafana reads.</summary>
public class DashboardFileTests
{
    private const string Remake = "dotnet run --project deploy/grafana/generator deploy";

    [Fact]
    public void The_committed_dashboards_are_those_that_the_generator_writes()
    {
        Assert.Equal(
            Catalogue.All.Select(dashboard => dashboard.FileName).Order(StringComparer.Ordinal),
            DashboardFile.All.Select(file => Path.GetFileName(file.Path)));
        Assert.All(Catalogue.All, dashboard => Assert.True(
            dashboard.ToJson() == File.ReadAllText(Path.Combine(DashboardFile.Folder, dashboard.FileName)),
            $"{dashboard.FileName} is not what the generator writes. Remake them:\n    {Remake}"));
    }

    [Fact]
    public void Dashboards_have_uids_of_their_own_and_panels_ids_of_their_own()
    {
        Assert.Distinct(DashboardFile.All.Select(file => DashboardFile.Text(file.Json, "uid")));
        Assert.Distinct(DashboardFile.All.Select(file => DashboardFile.Text(file.Json, "title")));
        Assert.All(DashboardFile.All, file =>
        {
            Assert.Equal(Path.GetFileNameWithoutExtension(file.Path), DashboardFile.Text(file.Json, "uid"));
            Assert.Distinct(file.PanelsAndRows.Select(panel => (int)panel["id"]!));
            Assert.Distinct(file.Panels.Select(panel => DashboardFile.Text(panel, "title")));
        });
    }

    [Fact]
    public void Every_panel_says_what_it_shows_and_in_which_unit() => Assert.All(
        DashboardFile.All.SelectMany(file => file.Panels), panel =>
        {
            Assert.NotEqual("", DashboardFile.Text(panel, "title"));
            Assert.Matches(@"^[A-Z|].{10,}\.\n\n`\w+`: ", DashboardFile.Text(panel, "description"));
            Assert.NotEqual("", DashboardFile.Text(panel["fieldConfig"]!["defaults"]!, "unit"));
            Assert.NotEmpty(panel["targets"]!.AsArray());
        });

    [Fact]
    public void Panels_fill_a_grid_of_24_columns_without_touching_one_another() => Assert.All(DashboardFile.All, file =>
    {
        Dictionary<(int X, int Y), string> taken = [];
        foreach (var panel in file.PanelsAndRows)
        {
            var place = panel["gridPos"]!;
            int left = (int)place["x"]!, top = (int)place["y"]!, width = (int)place["w"]!, height = (int)place["h"]!;
            Assert.True(left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= 24, DashboardFile.Text(panel, "title"));
            for (int x = left; x < left + width; x++)
                for (int y = top; y < top + height; y++)
                    Assert.True(taken.TryAdd((x, y), DashboardFile.Text(panel, "title")), $"{taken.GetValueOrDefault((x, y))} is covered");
        }
        Assert.Equal(24 * (1 + taken.Keys.Max(cell => cell.Y)), taken.Count);
    });

    [Fact]
    public void The_answer_comes_first_and_no_heading_before_it() =>
        Assert.All(DashboardFile.All, file => Assert.NotEqual("row", DashboardFile.Text(file.PanelsAndRows.First(), "type")));

    [Fact]
    public void Links_lead_to_dashboards_and_variables_that_there_are()
    {
        var variables = DashboardFile.All.ToDictionary(
            file => DashboardFile.Text(file.Json, "uid"), file => file.Variables.Select(one => DashboardFile.Text(one, "name")).ToArray());
        string[] urls = [.. DashboardFile.All.SelectMany(file => Urls(file.Json)).Where(url => url.Length > 0)];
        Assert.NotEmpty(urls);
        Assert.All(urls, url =>
        {
            string[] parts = url.Split('?', 2);
            Assert.StartsWith("/d/", parts[0], StringComparison.Ordinal);
            string[] known = variables[parts[0]["/d/".Length..]];
            foreach (string part in parts[1].Split('&'))
            {
                string name = part.StartsWith("var-", StringComparison.Ordinal)
                    ? part["var-".Length..part.IndexOf('=', StringComparison.Ordinal)]
                    : part.EndsWith(":queryparam}", StringComparison.Ordinal) ? part["${".Length..^":queryparam}".Length] : "";
                if (part != "${__url_time_range}") Assert.Contains(name, known);
            }
        });

        static IEnumerable<string> Urls(System.Text.Json.Nodes.JsonNode? node) => node switch
        {
            System.Text.Json.Nodes.JsonObject some => some.SelectMany(
                one => one.Key == "url" ? [(string?)one.Value ?? ""] : Urls(one.Value)),
            System.Text.Json.Nodes.JsonArray list => list.SelectMany(Urls),
            _ => [],
        };
    }
}
