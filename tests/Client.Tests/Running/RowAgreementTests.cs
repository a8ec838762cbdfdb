using Sweeps.Client.Running;
using Sweeps.Compute.Experiments;
using Sweeps.Fakes;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Tests.Running;

/// <summary>Rows of two kinds of device: what roundings explain passes, what they do not is told with its place.</summary>
public class RowAgreementTests
{
    private const double Error = 0.01;
    private static readonly FakeExperiment Experiment = new();
    private static readonly SweepSpec Spec = SpecReader.Read(SmallSweep.Spec, "small.yaml", [], [Experiment]).Spec!;
    private readonly RowAgreement agreement = new();

    [Theory]
    [InlineData(0)]
    [InlineData(0.12 * Error)]
    [InlineData(-0.12 * Error)]
    public void A_rounding_may_move_a_value_by_an_eighth_of_its_standard_error(double moved) =>
        Assert.Empty(Points(Height(10, Error), Height(10 + moved, Error)));

    [Theory]
    [InlineData(0.14)]
    [InlineData(-0.14)]
    [InlineData(1)]
    public void What_another_sample_would_give_is_a_difference_with_both_values_and_the_error(double standardErrors)
    {
        // 10.02 and the like: rounding's own allowance at 10 is 1e-4, a hundredth of the standard error.
        string difference = Assert.Single(Points(Height(10, Error), Height(10 + standardErrors * Error, Error)));
        Assert.StartsWith("point 4: t_height is stored as 10, and computed as ", difference);
        Assert.EndsWith("standard error 0.01", difference);
    }

    [Fact]
    public void A_value_where_the_other_has_none_is_a_difference()
    {
        Assert.Equal("point 4: t_height is stored as nothing, and computed as 10", Assert.Single(Points(Height(null, null), Height(10, Error))));
        Assert.Equal("point 4: t_height is stored as 10, and computed as nothing", Assert.Single(Points(Height(10, Error), Height(null, null))));
        Assert.Empty(Points(Height(null, null), Height(null, null)));
    }

    [Fact]
    public void Where_there_is_no_standard_error_single_precision_decides()
    {
        Assert.Empty(Points(Height(10, null), Height(10 + 0.9e-4, null)));
        Assert.Single(Points(Height(10, null), Height(10 + 1.1e-4, null)));
        Assert.Empty(Points(Height(1e-3, 0), Height(1e-3 + 0.9e-5, 0)));
        Assert.Single(Points(Height(1e-3, 0), Height(1e-3 + 1.1e-5, 0)));
        // A standard error far below what single precision resolves is none.
        Assert.Empty(Points(Height(1, 1e-7), Height(1 + 0.9e-5, 1e-7)));
    }

    [Fact]
    public void A_closed_form_that_another_version_computes_otherwise_is_a_difference()
    {
        PointResult before = new([new(10, Error, 10), new(null, null, 2)], []), now = new([new(10, Error, 10), new(null, null, 2.5)], []);
        Assert.StartsWith("point 4: t_sum is stored as 2, and computed as 2.5", Assert.Single(Points(before, now)));
    }

    [Theory]
    [InlineData(10, 0.01, 0.0013)]
    [InlineData(10, 0.01, 0.0014)]
    [InlineData(0.5, 1e-6, 1.0e-5)]
    [InlineData(0.5, 1e-6, 1.1e-5)]
    [InlineData(0.5, null, 0.99e-5)]
    [InlineData(0.5, null, 1.01e-5)]
    public void Rows_agree_just_as_long_as_the_largest_difference_is_an_eighth(double value, double? error, double moved)
    {
        bool agree = Points(Height(value, error), Height(value + moved, error)).Count == 0;
        Assert.Equal(agree, agreement.Worst <= DeviceAgreement.LargestShare);
        Assert.Equal(moved is 0.0013 or 1.0e-5 or 0.99e-5, agree);
    }

    [Fact]
    public void The_largest_difference_is_named_with_its_place_in_standard_errors_of_what_is_stored()
    {
        Assert.Empty(Points(Height(10, Error), Height(10 + 0.05 * Error, Error)));
        Assert.Equal(5e-4 / (0.01 + 8e-4), agreement.Worst, 1e-9);
        Assert.Equal("point 4: t_height", agreement.WorstPlace);

        Assert.Null(Curve(Rise(2, 0.5, 0.25), Rise(2, 0.5 + 0.1 * 0.25, 0.25)));
        Assert.Equal(0.025 / (0.25 + 8e-5), agreement.Worst, 1e-9);
        Assert.Equal("point 4: rise at t = 2", agreement.WorstPlace);

        Assert.Empty(Points(Height(10, Error), Height(10 + 0.01 * Error, Error)));
        Assert.Equal("point 4: rise at t = 2", agreement.WorstPlace);

        Assert.Single(Points(Height(10, Error), Height(10 + 3 * Error, Error)));
        Assert.Equal(0.03 / (0.01 + 8e-4), agreement.Worst, 1e-9);
        Assert.Equal("point 4: t_height", agreement.WorstPlace);
    }

    [Fact]
    public void Rows_of_a_curve_are_held_against_their_own_error_time_and_observable()
    {
        Assert.Null(Curve(Rise(2, 0.5, 0.25), Rise(2, 0.53, 0.25)));
        Assert.StartsWith("point 4: rise at t = 2 is stored as 0.5, and computed as 0.54", Curve(Rise(2, 0.5, 0.25), Rise(2, 0.54, 0.25)));
        Assert.StartsWith("point 4: rise at t = 2 is stored as nothing, ", Curve(Rise(2, null, null), Rise(2, 0.5, 0.25)));
        Assert.Equal("point 4: another observable or time is stored than computed", Curve(Rise(2, 0.5, 0.25), Rise(4, 0.5, 0.25)));
        Assert.Equal(
            "point 4: another observable or time is stored than computed", Curve(Rise(2, 0.5, 0.25), new CurveSample("fall", 2, new(0.5, 0.25, 1))));
    }

    private static PointResult Height(double? value, double? error) => new([new(value, error, 10), new(null, null, 2)], []);

    private static CurveSample Rise(double t, double? value, double? error) => new("rise", t, new(value, error, 1));

    private List<string> Points(PointResult stored, PointResult computed) =>
        [.. agreement.OfPoint("point 4", Experiment.Quantities(Spec.Measures), Rows("opencl", stored).Points, 0, Rows("cpu", computed).Points, 0)];

    private string? Curve(CurveSample stored, CurveSample computed) =>
        agreement.OfCurve("point 4", Rows("opencl", new(Height(10, Error).Estimates, [stored])).Curves!, 0,
            Rows("cpu", new(Height(10, Error).Estimates, [computed])).Curves!, 0);

    private static PointRows Rows(string device, PointResult result)
    {
        var rows = new PointRows(Spec, device, PointsSchema.Of(Spec), CurvesSchema.Of(Spec));
        Assert.True(rows.Add(4, new PointGrid(Spec).KeysAt(4), result));
        return rows;
    }
}
