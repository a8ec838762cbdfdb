using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>The tiles of <see cref="ProductKernel"/> in parts for 16 registers of 256 bits; its parameters.</summary>
internal static unsafe class NarrowTile
{
    private const int Columns = ProductKernel.Columns;

    /// <summary>12 × 32 in four parts.</summary>
    internal static void Rows12<TOrder>(float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        for (int half = 0; half < 2; half++)
        {
            for (int side = 0; side < 2; side++)
                Quarter<TOrder>(
                    rows + 6 * half * TOrder.Stride, columns + 16 * side, products + 6 * half * Columns + 16 * side, panels, depth, nextPanel, accumulates);
        }
    }

    /// <summary>4 × 32 in two parts.</summary>
    internal static void Rows4<TOrder>(float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        for (int side = 0; side < 2; side++)
            FewHalf<TOrder>(rows, columns + 16 * side, products + 16 * side, panels, depth, nextPanel, accumulates);
    }

    /// <summary>A quarter, 6 × 16, in 12 registers of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quarter<TOrder>(
        float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        Vector256<float> a0 = Vector256<float>.Zero, b0 = Vector256<float>.Zero;
        Vector256<float> a1 = Vector256<float>.Zero, b1 = Vector256<float>.Zero;
        Vector256<float> a2 = Vector256<float>.Zero, b2 = Vector256<float>.Zero;
        Vector256<float> a3 = Vector256<float>.Zero, b3 = Vector256<float>.Zero;
        Vector256<float> a4 = Vector256<float>.Zero, b4 = Vector256<float>.Zero;
        Vector256<float> a5 = Vector256<float>.Zero, b5 = Vector256<float>.Zero;
        if (accumulates)
        {
            a0 = Vector256.Load(products + 0);
            b0 = Vector256.Load(products + 8);
            a1 = Vector256.Load(products + 32);
            b1 = Vector256.Load(products + 40);
            a2 = Vector256.Load(products + 64);
            b2 = Vector256.Load(products + 72);
            a3 = Vector256.Load(products + 96);
            b3 = Vector256.Load(products + 104);
            a4 = Vector256.Load(products + 128);
            b4 = Vector256.Load(products + 136);
            a5 = Vector256.Load(products + 160);
            b5 = Vector256.Load(products + 168);
        }
        for (; panels > 0; panels--, rows += nextPanel)
        {
            float* row = rows;
            for (int k = 0; k < depth; k++, row += TOrder.Step, columns += Columns)
            {
                Vector256<float> left = Vector256.Load(columns), right = Vector256.Load(columns + 8);
                Vector256<float> r0 = Vector256.Create(row[0]);
                a0 = Vector256.FusedMultiplyAdd(r0, left, a0);
                b0 = Vector256.FusedMultiplyAdd(r0, right, b0);
                Vector256<float> r1 = Vector256.Create(row[TOrder.Stride]);
                a1 = Vector256.FusedMultiplyAdd(r1, left, a1);
                b1 = Vector256.FusedMultiplyAdd(r1, right, b1);
                Vector256<float> r2 = Vector256.Create(row[2 * TOrder.Stride]);
                a2 = Vector256.FusedMultiplyAdd(r2, left, a2);
                b2 = Vector256.FusedMultiplyAdd(r2, right, b2);
                Vector256<float> r3 = Vector256.Create(row[3 * TOrder.Stride]);
                a3 = Vector256.FusedMultiplyAdd(r3, left, a3);
                b3 = Vector256.FusedMultiplyAdd(r3, right, b3);
                Vector256<float> r4 = Vector256.Create(row[4 * TOrder.Stride]);
                a4 = Vector256.FusedMultiplyAdd(r4, left, a4);
                b4 = Vector256.FusedMultiplyAdd(r4, right, b4);
                Vector256<float> r5 = Vector256.Create(row[5 * TOrder.Stride]);
                a5 = Vector256.FusedMultiplyAdd(r5, left, a5);
                b5 = Vector256.FusedMultiplyAdd(r5, right, b5);
            }
        }
        a0.Store(products + 0);
        b0.Store(products + 8);
        a1.Store(products + 32);
        b1.Store(products + 40);
        a2.Store(products + 64);
        b2.Store(products + 72);
        a3.Store(products + 96);
        b3.Store(products + 104);
        a4.Store(products + 128);
        b4.Store(products + 136);
        a5.Store(products + 160);
        b5.Store(products + 168);
    }

    /// <summary>A half, 4 × 16, in 8 registers of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FewHalf<TOrder>(
        float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        Vector256<float> a0 = Vector256<float>.Zero, b0 = Vector256<float>.Zero;
        Vector256<float> a1 = Vector256<float>.Zero, b1 = Vector256<float>.Zero;
        Vector256<float> a2 = Vector256<float>.Zero, b2 = Vector256<float>.Zero;
        Vector256<float> a3 = Vector256<float>.Zero, b3 = Vector256<float>.Zero;
        if (accumulates)
        {
            a0 = Vector256.Load(products + 0);
            b0 = Vector256.Load(products + 8);
            a1 = Vector256.Load(products + 32);
            b1 = Vector256.Load(products + 40);
            a2 = Vector256.Load(products + 64);
            b2 = Vector256.Load(products + 72);
            a3 = Vector256.Load(products + 96);
            b3 = Vector256.Load(products + 104);
        }
        for (; panels > 0; panels--, rows += nextPanel)
        {
            float* row = rows;
            for (int k = 0; k < depth; k++, row += TOrder.Step, columns += Columns)
            {
                Vector256<float> left = Vector256.Load(columns), right = Vector256.Load(columns + 8);
                Vector256<float> r0 = Vector256.Create(row[0]);
                a0 = Vector256.FusedMultiplyAdd(r0, left, a0);
                b0 = Vector256.FusedMultiplyAdd(r0, right, b0);
                Vector256<float> r1 = Vector256.Create(row[TOrder.Stride]);
                a1 = Vector256.FusedMultiplyAdd(r1, left, a1);
                b1 = Vector256.FusedMultiplyAdd(r1, right, b1);
                Vector256<float> r2 = Vector256.Create(row[2 * TOrder.Stride]);
                a2 = Vector256.FusedMultiplyAdd(r2, left, a2);
                b2 = Vector256.FusedMultiplyAdd(r2, right, b2);
                Vector256<float> r3 = Vector256.Create(row[3 * TOrder.Stride]);
                a3 = Vector256.FusedMultiplyAdd(r3, left, a3);
                b3 = Vector256.FusedMultiplyAdd(r3, right, b3);
            }
        }
        a0.Store(products + 0);
        b0.Store(products + 8);
        a1.Store(products + 32);
        b1.Store(products + 40);
        a2.Store(products + 64);
        b2.Store(products + 72);
        a3.Store(products + 96);
        b3.Store(products + 104);
    }
}
