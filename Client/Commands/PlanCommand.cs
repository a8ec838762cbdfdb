using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps plan</c>.</summary>
internal sealed class PlanCommand : ClientCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly SpecFile spec;
    private readonly Option<int?> threads = OptionKinds.Threads("Predict for N threads [default: all].");
    private readonly Option<bool> json = new("--json") { Description = "One JSON object, for programs." };

    public PlanCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
        : base("plan", "Say what a sweep would be: points, chunks, predicted cost, rows and bytes. Computes nothing, writes nothing.",
            terminal)
    {
        this.catalogue = catalogue;
        spec = new SpecFile(catalogue);
        spec.AddTo(this);
        Add(threads);
        Add(json);
    }

    public override ImmutableArray<string> Examples =>
        ["sweeps plan phase-diagram.yaml", "sweeps plan phase-diagram.yaml --set samples=65536 --json"];

    public override void WriteMoreHelp(TextWriter output) => CatalogueHelp.Write(output, catalogue);

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var reading = spec.Read(line);
        if (!reading.IsRight) return Task.FromResult(Terminal.Refuse(reading.Mistakes));

        var forecast = new SweepForecast(reading.Value, line.GetValue(threads) ?? Environment.ProcessorCount);
        if (line.GetValue(json)) JsonText.Write(Terminal.Out, writer => PlanJson.Write(writer, forecast));
        else Write(forecast, Terminal.Out);
        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(SweepForecast forecast, TextWriter output)
    {
        var spec = forecast.Spec;
        output.WriteLine($"sweep        {spec.Name}: {spec.Experiment.Name}, measuring {string.Join(", ", spec.Measures)}, "
            + $"seed {spec.Seed}");
        foreach (var axis in spec.Axes) output.WriteLine($"axis         {axis.Name}: {Values(axis)}");
        string[] fixedKeys = [.. spec.Experiment.Keys.Where(key => spec.Fixed.ContainsKey(key.Name))
            .Select(key => $"{key.Name} {spec.Fixed[key.Name]}{(spec.Given.Contains(key.Name) ? "" : " (default)")}")];
        if (fixedKeys.Length > 0) output.WriteLine($"fixed        {string.Join(", ", fixedKeys)}");
        output.WriteLine($"points       {Numbers.Count(forecast.Grid.Count)} in {Numbers.Counted(forecast.Plan.ChunkCount, "chunk")}");
        output.WriteLine($"cost         {Numbers.Duration(forecast.Plan.PredictedSeconds)} of one core, predicted");
        output.WriteLine($"duration     {Numbers.Duration(forecast.PredictedSeconds)} on {Numbers.Counted(forecast.Cores, "thread")} here, "
            + "predicted for a 2026 server's cores");
        output.WriteLine($"rows         {Numbers.Count(forecast.Grid.Count)} in points, "
            + (forecast.CurveRows > 0 ? $"at most {Numbers.Count((long)forecast.CurveRows)} in curves" : "none in curves"));
        output.WriteLine($"disk         about {Numbers.Bytes(forecast.Bytes)}");
    }

    private static string Values(Axis axis) => axis.Values.Length <= 8
        ? $"{string.Join(", ", axis.Values)}"
        : $"{Numbers.Count(axis.Values.Length)} values from {axis.Values[0]} to {axis.Values[^1]}";
}
