using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps show</c>.</summary>
internal sealed class ShowCommand : ClientCommand
{
    private const int TableRows = 100;

    private readonly FolderArgument folder;

    private readonly Option<string[]> columns = OptionKinds.Repeated("--columns", "a,b",
        "Only these columns, in this order [default: the axes and each quantity beside its theory; all for --csv and --json].");

    private readonly Option<string[]> where = OptionKinds.Repeated("--where", "AXIS=VALUE",
        "Only points with this value; repeat it for more axes, or for more values of one.");

    private readonly Option<long?> limit = OptionKinds.Integer("--limit", "N",
        $"At most N points [default: {TableRows} in a table, all in --csv and --json].", 0L);

    private readonly Option<bool> csv = new("--csv") { Description = "Comma-separated, exact numbers, empty where there is no value." };

    private readonly Option<bool> json = new("--json")
    {
        Description = "A JSON list with an object per point, exact numbers, null where there is no value.",
    };

    public ShowCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
        : base("show", "The points of a sweep as a table; also while it runs.", terminal)
    {
        folder = new FolderArgument(catalogue);
        Add(folder.Path);
        Add(columns);
        Add(where);
        Add(limit);
        Add(csv);
        Add(json);
        Validators.Add(result =>
        {
            if (result.GetValue(csv) && result.GetValue(json)) result.AddError("--csv and --json exclude each other");
        });
    }

    public override ImmutableArray<string> Examples =>
    [
        "sweeps show runs/phase-diagram",
        "sweeps show runs/phase-diagram --where drift=0.5 --columns separation,t_speciation,t_speciation_se",
        "sweeps show runs/phase-diagram --csv > points.csv",
    ];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var opening = folder.Open(line);
        if (!opening.IsRight) return Task.FromResult(Terminal.Refuse(opening.Mistakes));
        using var sweep = opening.Value;
        var selection = GridSelection.Read(sweep.Grid, line.GetValue(where));
        var names = ColumnNames.Read(line.GetValue(columns), sweep.PointColumns, "--columns ");
        if (!selection.IsRight || !names.IsRight) return Task.FromResult(Terminal.Refuse([.. selection.Mistakes, .. names.Mistakes]));

        var rows = new SelectedRows(sweep, selection.Value, line.GetValue(limit), interruption);
        if (line.GetValue(csv)) Write(rows, RowFormat.Csv, names.Value);
        else if (line.GetValue(json)) Write(rows, RowFormat.Json, names.Value);
        else ShowTable(line, rows, line.GetValue(columns) is { Length: > 0 } ? names.Value : null);
        return Task.FromResult(ExitCode.Done);
    }

    private void Write(SelectedRows rows, Func<IReadOnlyList<string>, RowFormat> format, string[] shown) =>
        RowFormat.WriteAll(rows, shown, format(shown), Terminal.Out);

    private void ShowTable(ParseResult line, SelectedRows rows, string[]? asked)
    {
        var table = new ShowTable(rows with { Limit = (line.GetValue(limit) ?? TableRows) + 1 }, asked);
        long shown = table.Write(Terminal, line.GetValue(limit) ?? TableRows);
        long finished = rows.Sweep.FinishedPoints;
        if (shown == 0 && !table.HasMore) Terminal.Say(finished == 0 ? "no point is finished yet" : "no finished point is selected");
        else if (table.HasMore) Terminal.Say($"the first {Numbers.Count(shown)}; for more: --limit N, or --csv for all");
        if (table.LeftOut.Count > 0)
            Terminal.Say($"too wide for this terminal: {string.Join(", ", table.LeftOut)}; see them with --columns");
        if (finished < rows.Sweep.Grid.Count)
            Terminal.Say($"{Numbers.Count(finished)} of {Numbers.Count(rows.Sweep.Grid.Count)} points are finished");
    }
}
