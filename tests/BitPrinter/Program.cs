using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;

namespace Sweeps.BitPrinter;

/// <summary>
/// Prints the vector width of this process and the bits of a few points, a line each: the vector-width test runs it under other widths and
/// compares.
/// </summary>
public static class Program
{
    private static readonly (string Name, string Value)[][] Points =
    [
        [],
        [("dimension", "257"), ("schedule", "cosine"), ("steps", "77"), ("samples", "200"), ("training_points", "333")],
        [("dimension", "65"), ("stiffness", "4"), ("drift", "0.8"), ("direction", "slowest")],
        [("dimension", "37"), ("stiffness", "6"), ("direction", "uniform"), ("separation", "0.7")],
        [("dimension", "35"), ("stiffness", "6"), ("drift", "1.3"), ("direction", "random"), ("sigma", "0.6"), ("schedule", "edm")],
        [("dimension", "48"), ("schedule", "entropy-aware"), ("horizon", "6"), ("separation", "0.3")],
        [("dimension", "3"), ("schedule", "vp-linear"), ("direction", "fastest"), ("stiffness", "2"), ("separation", "2")],
    ];

    private static readonly (string Name, string Value)[] Small = [("steps", "150"), ("samples", "256"), ("training_points", "500")];

    public static void Main()
    {
        int width = Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128 : 0;
        Console.WriteLine($"width {width}");
        var experiment = new GaussianMixtureExperiment();
        var request = new ExperimentRequest(experiment.Measures, null, 1);
        foreach ((string, string)[] point in Points)
        {
            ImmutableArray<KeyValue> values = [.. experiment.Keys.Select(key => Value(key, [.. Small, .. point]))];
            PointResult result = experiment.Measure(new(experiment.Keys, values), request, new(SequentialLoop.Instance), CancellationToken.None);
            IEnumerable<Estimate> all = result.Estimates.Concat(result.Curves.Select(sample => sample.Estimate));
            Console.WriteLine(string.Join(' ', all.Select(e => $"{Bits(e.Value)}/{Bits(e.StandardError)}")));
        }
    }

    private static string Bits(double? x) => x is double value ? BitConverter.DoubleToInt64Bits(value).ToString("x") : "null";

    private static KeyValue Value(ExperimentKey key, (string Name, string Value)[] given)
    {
        string? text = given.LastOrDefault(pair => pair.Name == key.Name).Value;
        return text is null ? key.Default : key.Kind switch
        {
            KeyKind.Integer => KeyValue.Of(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
            KeyKind.Real => KeyValue.Of(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
            _ => KeyValue.Of(text),
        };
    }
}
