using System.Collections.Immutable;
using Sweeps.Grafana.Panels;

namespace Sweeps.Grafana.Dashboards;

/// <summary>Panels side by side, all of one height.</summary>
internal sealed record PanelRow(int Height, ImmutableArray<Panel> Panels)
{
    private const int Columns = 24;

    /// <summary>Each panel with its first column and its width; they fill the row.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public IEnumerable<(Panel Panel, int At, int Width)> Places()
    {
        int left = Columns - Panels.Sum(panel => panel.Width), open = Panels.Count(panel => panel.Width == 0);
        if (left < 0 || (open == 0 ? left != 0 : left < open || left % open != 0))
            throw new ArgumentException($"{Panels[0].Title}: the row is not filled");
        int at = 0;
        foreach (var panel in Panels)
        {
            int width = panel.Width == 0 ? left / open : panel.Width;
            yield return (panel, at, width);
            at += width;
        }
    }
}

/// <summary>Rows under a heading.</summary>
/// <param name="Title">Null for the first: the answer stands at the top, under the dashboard's own title.</param>
/// <param name="Rows">From the top.</param>
internal sealed record Section(string? Title, ImmutableArray<PanelRow> Rows)
{
    /// <summary>Closed until somebody opens it.</summary>
    public bool IsCollapsed { get; init; }
}
