namespace Sweeps.Compute.Models;

/// <summary>
/// One coordinate, or two that the forward process couples, with the mode's components there. U, Q, A, E, Σ_t and C_t are direct sums
/// over blocks. In a pair the first row is the slower coordinate and Q = q [[0, 1], [−1, 0]].
/// </summary>
/// <param name="FirstIndex">Coordinate of the first row, from 0.</param>
/// <param name="SecondIndex">Coordinate of the second row, −1 if the first is alone.</param>
/// <param name="FirstRate">λ of the first coordinate, the diagonal of U.</param>
/// <param name="SecondRate">λ of the second; 0 if the first is alone.</param>
/// <param name="Coupling">q; 0 if the first is alone.</param>
/// <param name="FirstMode">Component of m, data units.</param>
/// <param name="SecondMode">Component of m; 0 if the first is alone.</param>
/// <param name="Multiplicity">How many identical copies without mode the block stands for; 1 for a block with indices of its own.</param>
public readonly record struct CoordinateBlock(
    long FirstIndex,
    long SecondIndex,
    double FirstRate,
    double SecondRate,
    double Coupling,
    double FirstMode,
    double SecondMode,
    long Multiplicity = 1)
{
    /// <summary>Whether the block has two coordinates.</summary>
    public bool IsPair => SecondIndex >= 0;

    public static CoordinateBlock Alone(long index, double rate, double mode, long multiplicity = 1) =>
        new(index, -1, rate, 0, 0, mode, 0, multiplicity);

    /// <summary>A = (I + Q) U of the block; the inert second coordinate of a block of one has rate 0.</summary>
    public Matrix2 Drift => new(FirstRate, Coupling * SecondRate, -Coupling * FirstRate, SecondRate);
}
