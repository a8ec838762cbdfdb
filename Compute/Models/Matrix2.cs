namespace Sweeps.Compute.Models;

/// <summary>A real 2 × 2 matrix.</summary>
/// <param name="A11">Row 1, column 1.</param>
/// <param name="A12">Row 1, column 2.</param>
/// <param name="A21">Row 2, column 1.</param>
/// <param name="A22">Row 2, column 2.</param>
public readonly record struct Matrix2(double A11, double A12, double A21, double A22)
{
    public static Matrix2 Identity => new(1, 0, 0, 1);

    public double Determinant => A11 * A22 - A12 * A21;

    public double Trace => A11 + A22;

    /// <summary>The transpose; a method, since a record prints its properties and this one would print its own.</summary>
    public Matrix2 Transpose() => new(A11, A21, A12, A22);

    public static Matrix2 Diagonal(double first, double second) => new(first, 0, 0, second);

    public static Matrix2 operator +(Matrix2 a, Matrix2 b) => new(a.A11 + b.A11, a.A12 + b.A12, a.A21 + b.A21, a.A22 + b.A22);

    public static Matrix2 operator -(Matrix2 a, Matrix2 b) => new(a.A11 - b.A11, a.A12 - b.A12, a.A21 - b.A21, a.A22 - b.A22);

    public static Matrix2 operator *(double s, Matrix2 a) => new(s * a.A11, s * a.A12, s * a.A21, s * a.A22);

    public static Matrix2 operator *(Matrix2 a, Matrix2 b) => new(
        a.A11 * b.A11 + a.A12 * b.A21,
        a.A11 * b.A12 + a.A12 * b.A22,
        a.A21 * b.A11 + a.A22 * b.A21,
        a.A21 * b.A12 + a.A22 * b.A22);

    public static (double First, double Second) operator *(Matrix2 a, (double First, double Second) v) =>
        (a.A11 * v.First + a.A12 * v.Second, a.A21 * v.First + a.A22 * v.Second);

    /// <summary>The larger eigenvalue of this symmetric matrix.</summary>
    public double LargestEigenvalue() => 0.5 * (Trace + Math.Sqrt((A11 - A22) * (A11 - A22) + 4 * A12 * A12));

    /// <summary>The inverse; its entries are not finite if the determinant is zero.</summary>
    public Matrix2 Inverse()
    {
        double r = 1 / Determinant;
        return new(r * A22, -r * A12, -r * A21, r * A11);
    }

    /// <summary>
    /// The positive semi-definite root of this symmetric positive semi-definite matrix, by Cayley and Hamilton:
    /// (M + √det I)/√(tr + 2√det).
    /// </summary>
    public Matrix2 SymmetricSquareRoot()
    {
        double s = Math.Sqrt(Math.Max(0, Determinant));
        double tau = Math.Sqrt(Trace + 2 * s);
        return tau == 0 ? default : 1 / tau * new Matrix2(A11 + s, A12, A21, A22 + s);
    }

    /// <summary>The inverse of <see cref="SymmetricSquareRoot"/>; this matrix must be symmetric positive definite.</summary>
    public Matrix2 InverseSymmetricSquareRoot()
    {
        double s = Math.Sqrt(Determinant);
        double tau = Math.Sqrt(Trace + 2 * s);
        return 1 / (s * tau) * new Matrix2(A22 + s, -A12, -A21, A11 + s);
    }
}
