namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>Where <see cref="ProductKernel"/> finds the elements of its rows, in floats. Both numbers are constants to the compiler.</summary>
internal interface IRowOrder
{
    /// <summary>From a row to the next.</summary>
    static abstract int Stride { get; }

    /// <summary>From a term of the sum to the next.</summary>
    static abstract int Step { get; }
}

/// <summary>Panels [k][12] as they are packed: rows are data points, terms are coordinates.</summary>
internal readonly struct PointsAsRows : IRowOrder
{
    public static int Stride => 1;

    public static int Step => ProductKernel.Rows;
}

/// <summary>The same panels read across: rows are coordinates, terms are data points.</summary>
internal readonly struct CoordinatesAsRows : IRowOrder
{
    public static int Stride => ProductKernel.Rows;

    public static int Step => 1;
}
