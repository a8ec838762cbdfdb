using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>The tiles of <see cref="ProductKernel"/> for 32 registers of 512 bits; its parameters.</summary>
internal static unsafe class WideTile
{
    private const int Columns = ProductKernel.Columns;

    /// <summary>All 12 × 32 in 24 registers of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows12<TOrder>(
        float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        Vector512<float> a0 = Vector512<float>.Zero, b0 = Vector512<float>.Zero;
        Vector512<float> a1 = Vector512<float>.Zero, b1 = Vector512<float>.Zero;
        Vector512<float> a2 = Vector512<float>.Zero, b2 = Vector512<float>.Zero;
        Vector512<float> a3 = Vector512<float>.Zero, b3 = Vector512<float>.Zero;
        Vector512<float> a4 = Vector512<float>.Zero, b4 = Vector512<float>.Zero;
        Vector512<float> a5 = Vector512<float>.Zero, b5 = Vector512<float>.Zero;
        Vector512<float> a6 = Vector512<float>.Zero, b6 = Vector512<float>.Zero;
        Vector512<float> a7 = Vector512<float>.Zero, b7 = Vector512<float>.Zero;
        Vector512<float> a8 = Vector512<float>.Zero, b8 = Vector512<float>.Zero;
        Vector512<float> a9 = Vector512<float>.Zero, b9 = Vector512<float>.Zero;
        Vector512<float> a10 = Vector512<float>.Zero, b10 = Vector512<float>.Zero;
        Vector512<float> a11 = Vector512<float>.Zero, b11 = Vector512<float>.Zero;
        if (accumulates)
        {
            a0 = Vector512.Load(products + 0);
            b0 = Vector512.Load(products + 16);
            a1 = Vector512.Load(products + 32);
            b1 = Vector512.Load(products + 48);
            a2 = Vector512.Load(products + 64);
            b2 = Vector512.Load(products + 80);
            a3 = Vector512.Load(products + 96);
            b3 = Vector512.Load(products + 112);
            a4 = Vector512.Load(products + 128);
            b4 = Vector512.Load(products + 144);
            a5 = Vector512.Load(products + 160);
            b5 = Vector512.Load(products + 176);
            a6 = Vector512.Load(products + 192);
            b6 = Vector512.Load(products + 208);
            a7 = Vector512.Load(products + 224);
            b7 = Vector512.Load(products + 240);
            a8 = Vector512.Load(products + 256);
            b8 = Vector512.Load(products + 272);
            a9 = Vector512.Load(products + 288);
            b9 = Vector512.Load(products + 304);
            a10 = Vector512.Load(products + 320);
            b10 = Vector512.Load(products + 336);
            a11 = Vector512.Load(products + 352);
            b11 = Vector512.Load(products + 368);
        }
        for (; panels > 0; panels--, rows += nextPanel)
        {
            float* row = rows;
            for (int k = 0; k < depth; k++, row += TOrder.Step, columns += Columns)
            {
                Vector512<float> left = Vector512.Load(columns), right = Vector512.Load(columns + 16);
                Vector512<float> r0 = Vector512.Create(row[0]);
                a0 = Vector512.FusedMultiplyAdd(r0, left, a0);
                b0 = Vector512.FusedMultiplyAdd(r0, right, b0);
                Vector512<float> r1 = Vector512.Create(row[TOrder.Stride]);
                a1 = Vector512.FusedMultiplyAdd(r1, left, a1);
                b1 = Vector512.FusedMultiplyAdd(r1, right, b1);
                Vector512<float> r2 = Vector512.Create(row[2 * TOrder.Stride]);
                a2 = Vector512.FusedMultiplyAdd(r2, left, a2);
                b2 = Vector512.FusedMultiplyAdd(r2, right, b2);
                Vector512<float> r3 = Vector512.Create(row[3 * TOrder.Stride]);
                a3 = Vector512.FusedMultiplyAdd(r3, left, a3);
                b3 = Vector512.FusedMultiplyAdd(r3, right, b3);
                Vector512<float> r4 = Vector512.Create(row[4 * TOrder.Stride]);
                a4 = Vector512.FusedMultiplyAdd(r4, left, a4);
                b4 = Vector512.FusedMultiplyAdd(r4, right, b4);
                Vector512<float> r5 = Vector512.Create(row[5 * TOrder.Stride]);
                a5 = Vector512.FusedMultiplyAdd(r5, left, a5);
                b5 = Vector512.FusedMultiplyAdd(r5, right, b5);
                Vector512<float> r6 = Vector512.Create(row[6 * TOrder.Stride]);
                a6 = Vector512.FusedMultiplyAdd(r6, left, a6);
                b6 = Vector512.FusedMultiplyAdd(r6, right, b6);
                Vector512<float> r7 = Vector512.Create(row[7 * TOrder.Stride]);
                a7 = Vector512.FusedMultiplyAdd(r7, left, a7);
                b7 = Vector512.FusedMultiplyAdd(r7, right, b7);
                Vector512<float> r8 = Vector512.Create(row[8 * TOrder.Stride]);
                a8 = Vector512.FusedMultiplyAdd(r8, left, a8);
                b8 = Vector512.FusedMultiplyAdd(r8, right, b8);
                Vector512<float> r9 = Vector512.Create(row[9 * TOrder.Stride]);
                a9 = Vector512.FusedMultiplyAdd(r9, left, a9);
                b9 = Vector512.FusedMultiplyAdd(r9, right, b9);
                Vector512<float> r10 = Vector512.Create(row[10 * TOrder.Stride]);
                a10 = Vector512.FusedMultiplyAdd(r10, left, a10);
                b10 = Vector512.FusedMultiplyAdd(r10, right, b10);
                Vector512<float> r11 = Vector512.Create(row[11 * TOrder.Stride]);
                a11 = Vector512.FusedMultiplyAdd(r11, left, a11);
                b11 = Vector512.FusedMultiplyAdd(r11, right, b11);
            }
        }
        a0.Store(products + 0);
        b0.Store(products + 16);
        a1.Store(products + 32);
        b1.Store(products + 48);
        a2.Store(products + 64);
        b2.Store(products + 80);
        a3.Store(products + 96);
        b3.Store(products + 112);
        a4.Store(products + 128);
        b4.Store(products + 144);
        a5.Store(products + 160);
        b5.Store(products + 176);
        a6.Store(products + 192);
        b6.Store(products + 208);
        a7.Store(products + 224);
        b7.Store(products + 240);
        a8.Store(products + 256);
        b8.Store(products + 272);
        a9.Store(products + 288);
        b9.Store(products + 304);
        a10.Store(products + 320);
        b10.Store(products + 336);
        a11.Store(products + 352);
        b11.Store(products + 368);
    }

    /// <summary>All 4 × 32 in 8 registers of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows4<TOrder>(
        float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        Vector512<float> a0 = Vector512<float>.Zero, b0 = Vector512<float>.Zero;
        Vector512<float> a1 = Vector512<float>.Zero, b1 = Vector512<float>.Zero;
        Vector512<float> a2 = Vector512<float>.Zero, b2 = Vector512<float>.Zero;
        Vector512<float> a3 = Vector512<float>.Zero, b3 = Vector512<float>.Zero;
        if (accumulates)
        {
            a0 = Vector512.Load(products + 0);
            b0 = Vector512.Load(products + 16);
            a1 = Vector512.Load(products + 32);
            b1 = Vector512.Load(products + 48);
            a2 = Vector512.Load(products + 64);
            b2 = Vector512.Load(products + 80);
            a3 = Vector512.Load(products + 96);
            b3 = Vector512.Load(products + 112);
        }
        for (; panels > 0; panels--, rows += nextPanel)
        {
            float* row = rows;
            for (int k = 0; k < depth; k++, row += TOrder.Step, columns += Columns)
            {
                Vector512<float> left = Vector512.Load(columns), right = Vector512.Load(columns + 16);
                Vector512<float> r0 = Vector512.Create(row[0]);
                a0 = Vector512.FusedMultiplyAdd(r0, left, a0);
                b0 = Vector512.FusedMultiplyAdd(r0, right, b0);
                Vector512<float> r1 = Vector512.Create(row[TOrder.Stride]);
                a1 = Vector512.FusedMultiplyAdd(r1, left, a1);
                b1 = Vector512.FusedMultiplyAdd(r1, right, b1);
                Vector512<float> r2 = Vector512.Create(row[2 * TOrder.Stride]);
                a2 = Vector512.FusedMultiplyAdd(r2, left, a2);
                b2 = Vector512.FusedMultiplyAdd(r2, right, b2);
                Vector512<float> r3 = Vector512.Create(row[3 * TOrder.Stride]);
                a3 = Vector512.FusedMultiplyAdd(r3, left, a3);
                b3 = Vector512.FusedMultiplyAdd(r3, right, b3);
            }
        }
        a0.Store(products + 0);
        b0.Store(products + 16);
        a1.Store(products + 32);
        b1.Store(products + 48);
        a2.Store(products + 64);
        b2.Store(products + 80);
        a3.Store(products + 96);
        b3.Store(products + 112);
    }
}
