namespace Sweeps.Compute.Models;

/// <summary>The components of the mode vector m, and the blocks that carry them.</summary>
internal static class ModeVector
{
    /// <summary>Every block of the process with the mode's components, O(d) memory.</summary>
    /// <exception cref="InvalidOperationException">More coordinates than an array holds.</exception>
    public static CoordinateBlock[] AllBlocks(
        in StiffnessSpectrum spectrum, double norm, ModeDirection direction, Func<long, double>? isotropic)
    {
        if (spectrum.Dimension > Array.MaxLength)
            throw new InvalidOperationException($"{spectrum.Dimension} coordinates do not fit in an array; at most {Array.MaxLength} do");
        double[]? draw = direction == ModeDirection.Random ? Draw(spectrum.Dimension, norm, isotropic!) : null;
        var blocks = new CoordinateBlock[spectrum.BlockCount];
        for (int k = 0; k < blocks.Length; k++)
        {
            CoordinateBlock block = spectrum.Block(k);
            blocks[k] = block with
            {
                FirstMode = Component(spectrum, norm, direction, draw, block.FirstIndex),
                SecondMode = block.IsPair ? Component(spectrum, norm, direction, draw, block.SecondIndex) : 0,
            };
        }
        return blocks;
    }

    /// <summary>
    /// The blocks that the class depends on. Along one eigenvector, or without any mode, one; for U = I one too, the projection on m,
    /// with mode |m|.
    /// </summary>
    public static CoordinateBlock[] ActiveBlocks(
        in StiffnessSpectrum spectrum, double norm, ModeDirection direction, Func<CoordinateBlock[]> all)
    {
        if (spectrum.IsIsotropic) return [CoordinateBlock.Alone(0, 1, norm)];
        if (direction == ModeDirection.Slowest || norm == 0) return [spectrum.Block(0) with { FirstMode = norm }];
        if (direction == ModeDirection.Fastest)
            return spectrum.IsPaired
                ? [spectrum.Block(0) with { SecondMode = norm }]
                : [spectrum.Block(spectrum.Dimension - 1) with { FirstMode = norm }];
        return all();
    }

    private static double Component(in StiffnessSpectrum spectrum, double norm, ModeDirection direction, double[]? draw, long index) =>
        direction switch
        {
            ModeDirection.Slowest => index == 0 ? norm : 0,
            ModeDirection.Fastest => index == spectrum.Dimension - 1 ? norm : 0,
            ModeDirection.Uniform => norm / Math.Sqrt(spectrum.Dimension),
            _ => draw![index],
        };

    private static double[] Draw(long dimension, double norm, Func<long, double> isotropic)
    {
        var draw = new double[dimension];
        double sum = 0;
        for (int i = 0; i < draw.Length; i++)
        {
            draw[i] = isotropic(i);
            sum += draw[i] * draw[i];
        }
        if (!(sum > 0) || !double.IsFinite(sum))
            throw new ArgumentException("the normals of a random direction are all zero or not finite", nameof(isotropic));
        double scale = norm / Math.Sqrt(sum);
        foreach (ref double z in draw.AsSpan()) z *= scale;
        return draw;
    }
}
