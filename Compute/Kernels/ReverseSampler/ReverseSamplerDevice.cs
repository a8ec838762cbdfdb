using System.Numerics;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary>
/// <see cref="ReverseSamplerSimd"/> and <see cref="CommitmentTracker"/> on a device, with the same bits where it rounds correctly. The
/// state stays there from the draw to the end; each call hands one launch over and returns.
/// </summary>
internal sealed class ReverseSamplerDevice
{
    private const uint Teams = 8;
    private const int Tile = 32;

    private readonly IDeviceKernel draw;
    private readonly IDeviceKernel advanceOne;
    private readonly IDeviceKernel advanceMany;
    private readonly IDeviceKernel followZeros;

    /// <exception cref="DeviceException">The driver refuses the text.</exception>
    public ReverseSamplerDevice(IDevice device)
    {
        IDeviceModule module = device.Load(DeviceText.Of("Kernels/ReverseSampler/ReverseSampler.cl"));
        (draw, advanceOne, advanceMany) = (module.Kernel("draw"), module.Kernel("advance_one"), module.Kernel("advance_many"));
        followZeros = module.Kernel("follow_zeros");
    }

    /// <summary>Draws x_T of the trunk from the exact P_T.</summary>
    /// <param name="queue">Where to.</param>
    /// <param name="runs">The samples.</param>
    /// <param name="trunk">Stream of the trunk, before a block is chosen.</param>
    /// <param name="firstBlock">The replica of the first block of the samples.</param>
    public void Draw(IDeviceQueue queue, ReverseRunsDevice runs, RandomStream trunk, uint firstBlock)
    {
        ReverseCoefficientsDevice c = runs.Coefficients;
        ulong lastRow = (ulong)c.Host.Steps * (ulong)c.Host.At(0).Length;
        queue.Launch(draw, Quads(runs), runs.State, runs.Projections, c.Start, c.Rows, lastRow, c.Host.Coordinates, c.Paired, firstBlock,
            trunk.Key0, trunk.Key1, trunk.Upper0, trunk.At(0, 1).Upper1, trunk.At(0, 2).Upper1);
    }

    /// <summary>Takes runs some steps further; those that reach t = 0 end there.</summary>
    /// <param name="queue">Where to.</param>
    /// <param name="runs">The samples.</param>
    /// <param name="firstRow">First run to advance: 0, the trunk, which is advanced alone, or a branch.</param>
    /// <param name="rows">How many; none may have ended.</param>
    /// <param name="done">Steps they have made.</param>
    /// <param name="steps">Steps to make; of the trunk at most <see cref="ReverseRunsDevice.TraceSteps"/>.</param>
    /// <param name="stream">Stream of the noise, before block and substream are chosen.</param>
    /// <param name="firstBlock">The replica of the first block of the samples.</param>
    public void Advance(
        IDeviceQueue queue, ReverseRunsDevice runs, int firstRow, int rows, int done, int steps, RandomStream stream, uint firstBlock)
    {
        if (firstRow == 0 && (rows > 1 || steps > runs.TraceSteps))
            throw new ArgumentOutOfRangeException(nameof(steps), steps, "more than the trace holds");
        ReverseCoefficientsDevice c = runs.Coefficients;
        if (c.Host.Coordinates == 1)
        {
            queue.Launch(advanceOne, Quads(runs, rows),
                runs.State, runs.Projections, runs.Trace, runs.RunTable, runs.KeepTable, c.Rows, c.Grid,
                firstRow, done, steps, runs.Blocks, firstBlock, stream.Key0, stream.Key1, stream.Upper0, stream.Upper1);
            return;
        }
        uint tiles = (uint)((c.Host.Coordinates + Tile - 1) / Tile);
        int shift = BitOperations.Log2(Math.Min(Teams, BitOperations.RoundUpToPowerOf2(tiles)));
        queue.Launch(advanceMany, new(runs.Blocks / (int)(Teams >> shift), rows),
            runs.State, runs.Projections, runs.Trace, runs.RunTable, runs.KeepTable, c.Rows, c.Grid,
            firstRow, done, steps, runs.Blocks, firstBlock, stream.Key0, stream.Key1, stream.Upper0, stream.Upper1,
            c.Host.Coordinates, c.Paired, shift);
    }

    /// <summary>Follows the last zero of y through a trace from grid index <paramref name="from"/> to <paramref name="to"/>.</summary>
    public void FollowZeros(IDeviceQueue queue, ReverseRunsDevice runs, int from, int to, RandomStream bridge, uint firstBlock) =>
        queue.Launch(followZeros, Quads(runs),
            runs.Zeros, runs.ZeroEnds, runs.Trace, runs.Coefficients.Grid, from, to, runs.Blocks, firstBlock,
            bridge.Key0, bridge.Key1, bridge.Upper0, bridge.Upper1);

    /// <summary>A thread for every four samples.</summary>
    private LaunchGrid Quads(ReverseRunsDevice runs, int rows = 1) => new(runs.Samples / (4 * advanceOne.GroupSize), rows);
}
