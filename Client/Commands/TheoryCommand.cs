using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps theory</c>.</summary>
internal sealed class TheoryCommand : ClientCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;

    private readonly Argument<string[]> pairs = new("KEY=VALUE")
    {
        Description = "Keys of the experiment; those not named have their defaults.",
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
        string name = line.GetValue(experimentName) ?? catalogue.First().Name;
        if (catalogue.FirstOrDefault(candidate => candidate.Name == name) is not { } experiment)
            return Task.FromResult(Terminal.Refuse($"sweeps theory: there is no experiment {Shown.As(name)}; "
                + Suggestion.For(name, catalogue.Select(candidate => candidate.Name))));

        var mistakes = Pairs.Split(line.GetValue(pairs), "", out var values);
        var reading = Read(experiment, values);
        if (!reading.IsRight || !mistakes.IsEmpty) return Task.FromResult(Terminal.Refuse([.. mistakes, .. reading.Mistakes]));

        var theory = experiment.Theory(new PointGrid(reading.Value).KeysAt(0));
        if (line.GetValue(json)) WriteJson(theory);
        else WriteTable(experiment, theory);
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>A spec of one point, so that a key means here what it means in a spec.</summary>
    private Checked<SweepSpec> Read(IExperiment experiment, ImmutableArray<(string Key, string Value)> values)
    {
        string[] known = [.. experiment.Keys.Select(key => key.Name)];
        string[] unknown = [.. values.Where(pair => !known.Contains(pair.Key))
            .Select(pair => $"{experiment.Name} has no key {Shown.As(pair.Key)}; {Suggestion.For(pair.Key, known)}")];
        if (unknown.Length > 0) return Checked<SweepSpec>.Wrong(unknown);

        var reading = SpecReader.Read($"name: theory\nexperiment: {experiment.Name}\n", "theory", values, catalogue);
        if (!reading.IsValid) return Checked<SweepSpec>.Wrong(reading.Mistakes.Select(mistake => $"{mistake.Message}; {mistake.Remedy}"));
        return reading.Spec.Axes is [var axis, ..]
            ? Checked<SweepSpec>.Wrong($"{axis.Name} has {axis.Values.Length} values; give one, or run a sweep over them")
            : Checked<SweepSpec>.Right(reading.Spec);
    }

    private void WriteJson(IReadOnlyDictionary<string, double?> theory) => JsonText.Write(Terminal.Out, writer =>
    {
        writer.WriteStartObject();
        foreach (var (quantity, value) in theory) writer.Number(quantity, value);
        writer.WriteEndObject();
    });

    private void WriteTable(IExperiment experiment, IReadOnlyDictionary<string, double?> theory)
    {
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
}
