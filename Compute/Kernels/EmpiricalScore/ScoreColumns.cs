using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// Queries brought to the frame of the data, 32 lanes a block, once towards each class: columns v of the product and offsets −½ |q|² of the exponent,
/// in units of log 2 (see <see cref="ScoreFrame"/>).
/// </summary>
internal sealed unsafe class ScoreColumns(int blocks, int dimension) : IDisposable
{
    private const int Lanes = ProductKernel.Columns;
    private readonly AlignedBuffer columns = new(2L * blocks * dimension * Lanes);
    private readonly AlignedBuffer offsets = new(2L * blocks * Lanes);
    private readonly AlignedBuffer unit = new((long)dimension * Lanes);

    /// <summary>[d][32] of a block towards a class (0: +, 1: −).</summary>
    public float* Columns(int side, int block) => columns.Pointer + (long)(side * blocks + block) * dimension * Lanes;

    /// <summary>[32].</summary>
    public float* Offsets(int side, int block) => offsets.Pointer + (long)(side * blocks + block) * Lanes;

    /// <summary>Packs one block of queries x [d][32].</summary>
    public void Pack(ScoreFrame frame, int block, float* x)
    {
        frame.NoiseToUnit.Apply(x, unit.Pointer);
        Vector512<float> scale = Vector512.Create((float)(-0.5 * ScoreFrame.Log2E));
        for (int side = 0; side < 2; side++)
        {
            float sign = side == 0 ? -1 : 1;
            float* target = Columns(side, block), from = unit.Pointer;
            Vector512<float> left = Vector512<float>.Zero, right = Vector512<float>.Zero;
            for (int k = 0; k < dimension; k++, from += Lanes, target += Lanes)
            {
                Vector512<float> mode = Vector512.Create(sign * frame.WhitenedMode[k]);
                Vector512<float> a = Vector512.Load(from) + mode, b = Vector512.Load(from + SoftmaxLanes.Width) + mode;
                a.Store(target);
                b.Store(target + SoftmaxLanes.Width);
                left = Vector512.FusedMultiplyAdd(a, a, left);
                right = Vector512.FusedMultiplyAdd(b, b, right);
            }
            (scale * left).Store(Offsets(side, block));
            (scale * right).Store(Offsets(side, block) + SoftmaxLanes.Width);
            frame.ToColumns.Apply(Columns(side, block), Columns(side, block));
        }
    }

    public void Dispose()
    {
        columns.Dispose();
        offsets.Dispose();
        unit.Dispose();
    }
}
