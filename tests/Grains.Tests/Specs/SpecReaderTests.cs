using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Tests.Specs;

public class SpecReaderTests
{
    [Fact]
    public void The_example_of_the_interface_reads()
    {
        var spec = SpecText.Spec(SpecText.Example);
        Assert.Equal("drift-phase-diagram", spec.Name);
        Assert.Equal(["dimension", "separation", "schedule", "drift"], spec.Axes.Select(axis => axis.Name));
        Assert.Equal([2, 4, 2, 7], spec.Axes.Select(axis => axis.Values.Length));
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5], spec.Axes[3].Values.Select(value => value.AsReal()));
        Assert.Equal(Enumerable.Range(1, 12).Select(i => i * 0.5), spec.Times!.Value.AsEnumerable());
        Assert.Equal(["speciation", "collapse"], spec.Measures.AsEnumerable());
        Assert.Equal(7, spec.Seed);
        Assert.Equal(KeyValue.Of(4.0), spec.Fixed["stiffness"]);
        Assert.Equal(7, spec.Fixed.Count);
        Assert.Equal(112, new PointGrid(spec).Count);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Assert.True(SpecText.Read("\uFEFF" + SpecText.Example).IsValid);

    [Fact]
    public void What_a_spec_leaves_out_has_its_default()
    {
        var spec = SpecText.Spec(SpecText.With());
        Assert.Empty(spec.Axes);
        Assert.Equal(11, spec.Fixed.Count);
        Assert.Equal(KeyValue.Of(64L), spec.Fixed["dimension"]);
        Assert.Null(spec.Times);
        Assert.Equal(["speciation", "collapse"], spec.Measures.AsEnumerable());
        Assert.Equal(0, spec.Seed);
        Assert.Empty(spec.Given);
        Assert.Equal(1, new PointGrid(spec).Count);
    }

    [Theory]
    [InlineData("1e3", 1000)]
    [InlineData("1000.0", 1000)]
    [InlineData("0x40", 64)]
    [InlineData("0o100", 64)]
    [InlineData("0100", 100)]
    [InlineData("+100", 100)]
    public void Integers_follow_the_core_schema(string text, long expected) =>
        Assert.Equal(KeyValue.Of(expected), SpecText.Spec(SpecText.With($"fixed: {{ samples: {text} }}")).Fixed["samples"]);

    [Theory]
    [InlineData(".5", 0.5)]
    [InlineData("2.", 2)]
    [InlineData("1e-3", 0.001)]
    [InlineData("-0.0", 0)]
    [InlineData("3", 3)]
    public void Reals_follow_the_core_schema(string text, double expected)
    {
        double read = SpecText.Spec(SpecText.With($"fixed: {{ drift: {text} }}")).Fixed["drift"].AsReal();
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(read));
    }

    [Theory]
    [InlineData("separation: { from: 0.1, to: 0.5, count: 5 }", "0.1 0.2 0.3 0.4 0.5")]
    [InlineData("separation: { from: 0.5, to: 0.1, count: 5 }", "0.5 0.4 0.3 0.2 0.1")]
    [InlineData("separation: { from: 2, to: 2, count: 1 }", "2")]
    [InlineData("separation: { log_from: 0.01, log_to: 100, count: 5 }", "0.01 0.1 1 10 100")]
    [InlineData("separation: { from: 0, to: 1, count: 4 }", "0 0.333333333333 0.666666666667 1")]
    [InlineData("training_points: { log_from: 100, log_to: 10000, count: 5 }", "100 316 1000 3162 10000")]
    [InlineData("dimension: { from: 1, to: 10, count: 4 }", "1 4 7 10")]
    [InlineData("dimension: { from: 1, to: 6, count: 3 }", "1 4 6")]
    [InlineData("dimension: { from: 6, to: 1, count: 3 }", "6 3 1")]
    [InlineData("schedule: [edm, 'ou', \"cosine\"]", "edm ou cosine")]
    [InlineData("separation: [0.1234567890123456]", "0.1234567890123456")]
    public void Axes_are_lists_ranges_and_log_ranges(string axis, string expected) =>
        Assert.Equal(expected, string.Join(' ', SpecText.Spec(SpecText.With("axes:", "  " + axis)).Axes[0].Values));

    [Fact]
    public void Times_are_sorted_and_an_empty_list_means_no_curves()
    {
        Assert.Equal([0, 0.5, 3], SpecText.Spec(SpecText.With("times: [3, 0.5, 0]")).Times!.Value.AsEnumerable());
        Assert.Empty(SpecText.Spec(SpecText.With("times: []")).Times!.Value);
    }

    [Fact]
    public void Measures_are_in_the_experiments_order() =>
        Assert.Equal(["speciation", "memorisation"],
            SpecText.Spec(SpecText.With("measure: [memorisation, speciation]")).Measures.AsEnumerable());

    [Fact]
    public void Overrides_fix_replace_and_make_axes()
    {
        var spec = SpecText.Spec(SpecText.Example, ("samples", "64"), ("drift", "0.5"), ("dimension", "[8]"),
            ("stiffness", "{from: 1, to: 3, count: 3}"),
            ("name", "other"), ("seed", "9"), ("times", "[1]"), ("measure", "memorisation"));
        Assert.Equal("other", spec.Name);
        Assert.Equal(9, spec.Seed);
        Assert.Equal(KeyValue.Of(64L), spec.Fixed["samples"]);
        Assert.Equal(KeyValue.Of(0.5), spec.Fixed["drift"]);
        Assert.Equal(["dimension", "separation", "schedule", "stiffness"], spec.Axes.Select(axis => axis.Name));
        Assert.Equal([KeyValue.Of(8L)], spec.Axes[0].Values.AsEnumerable());
        Assert.Equal([1.0], spec.Times!.Value.AsEnumerable());
        Assert.Equal(["memorisation"], spec.Measures.AsEnumerable());
    }

    [Fact]
    public void The_last_override_of_a_key_rules() =>
        Assert.Equal(KeyValue.Of(128L), SpecText.Spec(SpecText.Example, ("samples", "[64, 65]"), ("samples", "128")).Fixed["samples"]);
}
