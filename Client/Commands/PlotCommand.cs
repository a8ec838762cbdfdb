using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Figures;
using Sweeps.Dashboard.Plots;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps plot</c>.</summary>
internal sealed class PlotCommand : ClientCommand
{
    private readonly FolderArgument folder;
    private readonly Option<string?> x = Named("--x", "AXIS", "The axis across.");
    private readonly Option<string?> y = Named("--y", "AXIS|COLUMN", "The axis upwards, with --color; or the column to draw as lines.");
    private readonly Option<string?> color = Named("--color", "COLUMN", "A phase diagram: this column as colours, its theory as lines.");
    private readonly Option<string?> series = Named("--series", "AXIS", "For lines: one series per value of this axis.");
    private readonly Option<long?> point = OptionKinds.Integer("--point", "K", "A curve over time of this point.", 0L);
    private readonly Option<string?> observable = Named("--observable", "NAME", "Which curve of the point.");

    private readonly Option<string[]> where = OptionKinds.Repeated("--where", "AXIS=VALUE",
        "Only points with this value; needed once for every axis that varies and is not drawn.");

    private readonly Option<string?> output = new("-o", "--output")
    {
        Description = "Where to write the picture, SVG [default: standard output].",
        HelpName = "FILE.svg",
    };

    private readonly Option<string> theme = OptionKinds.Word("--theme", "For paper or for a dark screen.", "light", "dark");
    private readonly Option<string> width = OptionKinds.Word("--width",
        "One or two columns of a journal: 86 or 178 mm.", "single", "double");

    public PlotCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
        : base("plot", "A picture of a sweep, as SVG: a phase diagram, lines with error bars, or a curve of one point.", terminal)
    {
        folder = new FolderArgument(catalogue);
        Add(folder.Path);
        foreach (var option in (Option[])[x, y, color, series, point, observable, where, output, theme, width]) Add(option);
    }

    public override ImmutableArray<string> Examples =>
    [
        "sweeps plot runs/phase-diagram --x separation --y drift --color t_speciation -o phase-diagram.svg",
        "sweeps plot runs/phase-diagram --x separation --y t_speciation --series drift -o lines.svg",
        "sweeps plot runs/phase-diagram --x separation --y t_speciation --where drift=0.5 --theme dark -o line.svg",
        "sweeps plot runs/phase-diagram --point 17 --observable clone_probability -o curve.svg",
    ];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        List<string> mistakes = [.. MistakesOfOptions(line)];
        var opening = folder.Open(line);
        if (!opening.IsRight) return Task.FromResult(Terminal.Refuse([.. mistakes, .. opening.Mistakes]));
        using var sweep = opening.Value;
        var selection = GridSelection.Read(sweep.Grid, DrawsCurve(line) ? null : line.GetValue(where));
        mistakes.AddRange(selection.Mistakes);
        var names = new FigureNames(new(sweep, selection.Value ?? GridSelection.Read(sweep.Grid, null).Value!, interruption));
        mistakes.AddRange(MistakesOfNames(line, names));
        if (mistakes.Count == 0) mistakes.AddRange(MistakesOfRows(line, names));
        if (mistakes.Count > 0) return Task.FromResult(Terminal.Refuse(mistakes));

        string figure = Draw(line, names);
        try
        {
            Write(figure, line.GetValue(output));
        }
        catch (Exception fault) when (line.GetValue(output) is not null && fault is IOException or UnauthorizedAccessException)
        {
            string cause = fault.Message.ReplaceLineEndings(" ").TrimEnd('.');
            Terminal.Say($"{line.GetValue(output)} cannot be written: {cause}; make room or give access, or name another file with -o");
            return Task.FromResult(ExitCode.MachineFailed);
        }
        if (sweep.FinishedPoints is var finished && finished < sweep.Grid.Count)
            Terminal.Say($"{Numbers.Count(finished)} of {Numbers.Count(sweep.Grid.Count)} points are finished");
        return Task.FromResult(ExitCode.Done);
    }

    private static Option<string?> Named(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    // Whoever names an observable and no axis means a curve, too.
    private bool DrawsCurve(ParseResult line) => line.GetValue(point) is not null
        || (line.GetValue(observable) is not null && line.GetValue(x) is null && line.GetValue(y) is null);

    private IEnumerable<string> MistakesOfOptions(ParseResult line)
    {
        if (line.GetValue(output) is { } file && !file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            yield return $"-o {Shown.As(file)}: pictures are SVG; name a file that ends in .svg";
        if (line.GetValue(point) is null && line.GetValue(observable) is not null)
            yield return DrawsCurve(line)
                ? "--point is missing; name the point whose curve is drawn"
                : "--observable is for the curve of a point; leave it out, or name the point with --point and leave out the axes";
        string[] others = [.. new Option[] { x, y, color, series, where }
            .Where(option => line.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        if (DrawsCurve(line) && others.Length > 0)
            yield return $"--point and --observable draw a curve over time; leave out {string.Join(", ", others)}";
    }

    private ImmutableArray<string> MistakesOfNames(ParseResult line, FigureNames names) => DrawsCurve(line)
        ? names.CheckCurve(line.GetValue(point), line.GetValue(observable))
        : names.Check(line.GetValue(x), line.GetValue(y), line.GetValue(color), line.GetValue(series));

    private ImmutableArray<string> MistakesOfRows(ParseResult line, FigureNames names) => DrawsCurve(line)
        ? names.CheckCurveRows(line.GetValue(point)!.Value, line.GetValue(observable)!)
        : names.CheckRows(line.GetValue(x)!, line.GetValue(y)!, line.GetValue(color), line.GetValue(series));

    private string Draw(ParseResult line, FigureNames names)
    {
        var paper = line.GetValue(width) is "double" ? PlotSize.DoubleColumn : PlotSize.SingleColumn;
        var look = line.GetValue(theme) is "dark" ? PlotTheme.Dark : PlotTheme.Light;
        if (line.GetValue(point) is { } number)
            return PointCurve.Of(names.Request, number, names.Curve(line.GetValue(observable)!)!).ToSvg(paper, look);
        string across = line.GetValue(x)!, upwards = line.GetValue(y)!;
        return line.GetValue(color) is { } column
            ? PhaseDiagram.Of(names.Request, across, upwards, names.Column(column)!).ToSvg(paper, look)
            : QuantityLines.Of(names.Request, across, names.Column(upwards)!, line.GetValue(series)).ToSvg(paper, look);
    }

    private void Write(string svg, string? file)
    {
        if (file is null)
        {
            Terminal.Out.Write(svg);
            return;
        }
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory) Directory.CreateDirectory(directory);
        File.WriteAllText(file, svg, new UTF8Encoding(false));
        Terminal.Say($"wrote {file}");
    }
}
