using System.Diagnostics.Metrics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenTelemetry.Resources;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Telemetry.Exposition;

/// <summary>What was recorded is what is read.</summary>
public class ExpositionPropertyTests
{
    private static readonly double[] Bounds = [-1, 0, 0.5, 1, 10, 1000];

    private static readonly Config Runs = Repeatable.Runs.WithMaxTest(100);

    private static readonly Gen<string> Words = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""))),
        Gen.Elements("", "\\", "\"", "\n", "\\n", "a,b=\"c\"}", "# EOF", "☃", "\ud83d\ude00", " ", "\r"));

    [Fact]
    public void Values_come_back_under_their_labels() => Prop.ForAll(
        Gen.ListOf(Gen.Zip(Words, ArbMap.Default.GeneratorFor<double>())).ToArbitrary(),
        recorded =>
        {
            var last = recorded.GroupBy(one => one.Item1).ToDictionary(same => same.Key, same => same.Last().Item2);
            CheckBoth(
                meter => meter.CreateObservableGauge("g", () => last.Select(one => new Measurement<double>(one.Value, Key(one.Key)))),
                page =>
                {
                    Assert.Equal(last.Count, page.Series("g").Count);
                    Assert.All(last, one => Assert.Equal(one.Value, page.Value("g", ("key", one.Key))));
                });
        }).Check(Runs);

    [Fact]
    public void Counters_come_back_as_sums() => Prop.ForAll(
        Gen.ListOf(Gen.Zip(Words, Gen.Choose(0, int.MaxValue))).ToArbitrary(),
        recorded => CheckBoth(
            meter =>
            {
                var counter = meter.CreateCounter<long>("c");
                foreach (var (key, value) in recorded) counter.Add(value, Key(key));
            },
            page => Assert.Equal(
                recorded.GroupBy(one => one.Item1).ToDictionary(same => same.Key, same => (double)same.Sum(one => (long)one.Item2)),
                page.Series("c_total").ToDictionary(one => one.Labels["key"], one => one.Value)))).Check(Runs);

    [Fact]
    public void Histograms_come_back_as_counts_up_to_each_bound() => Prop.ForAll(
        Gen.NonEmptyListOf(Gen.OneOf(Gen.Elements(Bounds), Gen.Choose(-3000, 3000).Select(value => value / 2.0))).ToArbitrary(),
        recorded => CheckBoth(
            meter =>
            {
                var histogram = meter.CreateHistogram(
                    "h", null, null, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds });
                foreach (double value in recorded) histogram.Record(value);
            },
            page =>
            {
                Assert.Equal(
                    Bounds.Append(double.PositiveInfinity).Select(bound => (double)recorded.Count(value => value <= bound)),
                    page.Series("h_bucket").Select(one => one.Value));
                Assert.Equal(recorded.Count, page.Value("h_count"));
                Assert.Equal(recorded.Sum(), page.Value("h_sum"));
            })).Check(Runs);

    private static KeyValuePair<string, object?> Key(string key) => new("key", key);

    private static void CheckBoth(Action<Meter> record, Action<ParsedPage> check)
    {
        using var meter = new Meter("Sweeps.Properties");
        using var exposition = new MetricsExposition(meter, Resource.Empty);
        record(meter);
        foreach (var format in new[] { ExpositionFormat.PrometheusText, ExpositionFormat.OpenMetrics })
            check(ParsedPage.OfAsync(exposition, format).GetAwaiter().GetResult());
    }
}
