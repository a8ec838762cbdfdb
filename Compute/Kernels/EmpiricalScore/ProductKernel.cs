using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// Small dense products in registers, <c>products[r][c] (+)= Σ_k rows(k, r) columns[k][c]</c>, with 32 columns (the lanes) and 12 or 4 rows. The
/// sum over k is sequential in every element whatever the tile shape, so all shapes give the same bits; they differ in how many accumulators the
/// machine's registers hold. Where a row element stands is the business of an <see cref="IRowOrder"/>, so one text serves a panel and its transpose.
/// </summary>
internal static unsafe class ProductKernel
{
    public const int Rows = 12;
    public const int FewRows = 4;
    public const int Columns = 32;

    /// <summary>The full tile: 12 rows.</summary>
    /// <param name="rows">First row element; element (k, r) of a panel stands at <c>k·Step + r·Stride</c>.</param>
    /// <param name="columns">[panels·depth][32].</param>
    /// <param name="products">[12][32].</param>
    /// <param name="panels">How many panels the sum over k runs through, ≥ 0.</param>
    /// <param name="depth">Terms in each panel, ≥ 0.</param>
    /// <param name="nextPanel">Floats from one panel to the next.</param>
    /// <param name="accumulates">Whether to add to what is there.</param>
    public static void Multiply<TOrder>(float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        if (Vector512.IsHardwareAccelerated) WideTile.Rows12<TOrder>(rows, columns, products, panels, depth, nextPanel, accumulates);
        else NarrowTile.Rows12<TOrder>(rows, columns, products, panels, depth, nextPanel, accumulates);
    }

    /// <summary>The same for 4 rows, where fewer than 12 are left.</summary>
    public static void MultiplyFew<TOrder>(float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        if (Vector512.IsHardwareAccelerated) WideTile.Rows4<TOrder>(rows, columns, products, panels, depth, nextPanel, accumulates);
        else NarrowTile.Rows4<TOrder>(rows, columns, products, panels, depth, nextPanel, accumulates);
    }
}
