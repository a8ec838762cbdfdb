using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps theory</c>.</summary>
internal sealed class TheoryCommand : ClientCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;

    private readonly Argument<string[]> pairs = new("KEY=VALUE")
    {
        Description = "Keys of the experiment; those not named have their defaults. seed, for a model that is drawn from it.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> experimentName = new("--experiment")
    {
        Description = "The experiment [default: the first of the catalogue].",
        HelpName = "NAME",
    };

    private readonly Option<bool> json = new("--json") { Description = "One JSON object, keyed by quantity." };

    public TheoryCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
        : base("theory", "Closed forms of one point; simulates nothing.", terminal)
    {
        this.catalogue = catalogue;
        Add(pairs);
        Add(experimentName);
        Add(json);
    }

    public override ImmutableArray<string> Examples =>
        ["sweeps theory dimension=256 separation=1 training_points=20000", "sweeps theory drift=1 stiffness=4 --json"];

    public override void WriteMoreHelp(TextWriter output) => CatalogueHelp.Write(output, catalogue);

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var point = TheoryPoint.Read(line.GetValue(experimentName), line.GetValue(pairs), catalogue);
        if (!point.IsRight) return Task.FromResult(Terminal.Refuse(point.Mistakes));
        if (line.GetValue(json)) JsonText.Write(Terminal.Out, writer => TheoryJson.Write(writer, point.Value.Values));
        else WriteTable(point.Value);
        return Task.FromResult(ExitCode.Done);
    }

    private void WriteTable(TheoryPoint point)
    {
        var (experiment, keys, theory) = point;
        Terminal.Say($"{experiment.Name} at {WordsOf(keys)}");
        var quantities = experiment.Quantities(experiment.Measures).ToDictionary(quantity => quantity.Name);
        var rows = theory.Select(entry =>
        {
            var quantity = quantities.GetValueOrDefault(entry.Key);
            string value = entry.Value is { } number ? Numbers.Significant(number, 6) : "–";
            return (IReadOnlyList<string>)[entry.Key, value, quantity?.Unit ?? "", quantity?.Description ?? ""];
        });
        TextTable.Write(Terminal, ["quantity", "value", "unit", "meaning"], rows, column => column == 1);
        if (theory.Values.Any(value => value is null)) Terminal.Say("–: no closed form here, or it does not occur within the horizon");
    }

    private static string WordsOf(PointKeys keys) => string.Join(
        ", ", keys.Keys.Zip(keys.Values).Where(one => !one.Second.IsNull).Select(one => $"{one.First.Name} {one.Second}"));
}
