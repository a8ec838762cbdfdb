using System.Globalization;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Compute.Kernels.Rates;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Measuring;

/// <summary>The report for people: the machine, then a row per rate with a column per number of threads.</summary>
internal static class BenchTable
{
    private const double Million = 1e6;

    public static void Write(Terminal terminal, BenchReport report)
    {
        var machine = report.Machine;
        string vectors = machine.VectorBits is [var widest, ..] ? $"{widest} bit vectors" : "no vectors";
        terminal.Out.WriteLine($"{machine.Processor}, {Numbers.Counted(machine.Cores, "core")}, {vectors}, {Numbers.Bytes(machine.MemoryBytes)}; "
            + $"sweeps {report.Software} on {report.Runtime}");
        if (report.Device != LaneProcessor.Device) terminal.Out.WriteLine($"device: {report.Device}");

        List<string> headers = ["quantity", "unit"];
        foreach (var figures in report.Figures) headers.AddRange([Numbers.Counted(figures.Threads, "thread"), "of peak"]);
        TextTable.Write(terminal, headers, Rows(report), column => column >= 2);
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(BenchReport report)
    {
        yield return Row(report, report.Rates.Peak, figures => new(figures.Peak, null));
        foreach (var (i, rate) in report.Rates.Kernels.Index()) yield return Row(report, rate, figures => figures.Kernels[i]);
    }

    private static List<string> Row(BenchReport report, IKernelRate rate, Func<ThreadFigures, KernelFigure> figureOf)
    {
        var (unit, size) = Shown(rate);
        List<string> row = [rate.Description, unit];
        foreach (var figure in report.Figures.Select(figureOf)) row.AddRange([Value(figure.Rate / size), Percent(figure.Fraction)]);
        return row;
    }

    /// <summary>Plain counts in millions.</summary>
    private static (string Unit, double Size) Shown(IKernelRate rate) => rate.UnitSize == 1 ? ($"M {rate.Unit}", Million) : (rate.Unit, 1);

    private static string Value(double value) =>
        !double.IsFinite(value) ? "–" : value < 1000 ? Numbers.Significant(value) : Numbers.Count((long)Math.Round(value));

    private static string Percent(double? fraction) =>
        fraction is { } share && double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %") : "";
}
