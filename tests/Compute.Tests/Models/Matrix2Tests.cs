using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Models;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Models;

public class Matrix2Tests
{
    private static readonly Matrix2 General = new(1, 2, -3, 5);

    private static readonly Arbitrary<Matrix2> PositiveDefinite = (
        from a in Gen.Choose(-300, 300)
        from b in Gen.Choose(-300, 300)
        from c in Gen.Choose(1, 300)
        from e in Gen.Choose(1, 300)
        let l = new Matrix2(c / 100.0, 0, a / 100.0, e / 100.0)
        select l * l.Transpose()).ToArbitrary();

    [Fact]
    public void Products_determinant_and_transpose_are_those_of_matrices()
    {
        Assert.Equal(new Matrix2(2, 9, -6, 28), General * new Matrix2(2, -1, 0, 5));
        Assert.Equal((-3.0, -46.0), General * (7.0, -5.0));
        Assert.Equal(11, General.Determinant);
        Assert.Equal(new Matrix2(1, -3, 2, 5), General.Transpose());
        Close(Matrix2.Identity, General * General.Inverse(), 1e-15);
    }

    [Fact]
    public void The_root_squares_to_the_matrix_and_its_inverse_undoes_it() => Prop.ForAll(PositiveDefinite, m =>
    {
        Matrix2 root = m.SymmetricSquareRoot(), inverse = m.InverseSymmetricSquareRoot();
        double condition = m.Trace * m.Trace / m.Determinant;
        Close(m, root * root, 1e-14 * m.Trace);
        Close(Matrix2.Identity, inverse * m * inverse, 1e-14 * condition);
        Assert.Equal(root.A12, root.A21);
        Assert.True(root.Determinant > 0 && root.Trace > 0);
    }).Check(Repeatable.Runs);

    [Fact]
    public void A_matrix_can_be_printed() => Assert.Contains("A12 = 2,", General.ToString());

    [Fact]
    public void The_root_of_nothing_is_nothing() => Assert.Equal(default, default(Matrix2).SymmetricSquareRoot());

    internal static void Close(Matrix2 expected, Matrix2 actual, double tolerance)
    {
        Assert.Equal(expected.A11, actual.A11, tolerance);
        Assert.Equal(expected.A12, actual.A12, tolerance);
        Assert.Equal(expected.A21, actual.A21, tolerance);
        Assert.Equal(expected.A22, actual.A22, tolerance);
    }
}
