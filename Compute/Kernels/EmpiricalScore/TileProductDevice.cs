using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// Dense products on a device, <c>products[r][c] = Σ_k left[k][r] right[k][c]</c>. Both factors have a row per term, so that one text
/// serves the products with the points (terms are coordinates) and the weighted sums (terms are points).
/// </summary>
/// <param name="device">Where.</param>
/// <param name="units">What multiplies.</param>
internal sealed class TileProductDevice(IDevice device, ProductUnits units = ProductUnits.Ordinary)
{
    /// <summary>Terms come in slices of this many; those that fill one up must be 0.</summary>
    public const int Slice = 8;

    private const int Tile = 128;

    private readonly IDeviceKernel kernel = units == ProductUnits.Ordinary
        ? device.Load(DeviceText.Of("Kernels/EmpiricalScore/TileProduct.cl")).Kernel("tile_product")
        : device.Load(DeviceText.Of("Kernels/EmpiricalScore/TensorProduct.cl")).Kernel("tensor_product");

    /// <summary>The terms with those that fill up the last slice.</summary>
    public static int Filled(int terms) => (terms + Slice - 1) / Slice * Slice;

    /// <summary>Groups of threads that a product without parts is cut into.</summary>
    public static int Groups(int rows, int columns) => (rows + Tile - 1) / Tile * ((columns + Tile - 1) / Tile);

    /// <summary>products = leftᵀ right.</summary>
    /// <param name="queue">Queue.</param>
    /// <param name="left">[depth][leftStride], from element <paramref name="leftAt"/> on.</param>
    /// <param name="leftAt">A multiple of 4, as are the strides.</param>
    /// <param name="leftStride">At least the rows.</param>
    /// <param name="right">[depth][columns], from element <paramref name="rightAt"/> on.</param>
    /// <param name="rightAt">A multiple of 4.</param>
    /// <param name="rows">Rows of the products.</param>
    /// <param name="columns">Their columns, a multiple of 4.</param>
    /// <param name="depth">Terms, a positive multiple of <see cref="Slice"/>.</param>
    /// <param name="products">[rows][columns].</param>
    public void Multiply(
        IDeviceQueue queue, DeviceArray<float> left, long leftAt, int leftStride, DeviceArray<float> right, long rightAt,
        int rows, int columns, int depth, DeviceArray<float> products) =>
        Launch(queue, left, leftAt, leftStride, right, rightAt, rows, columns, depth, products, 1, products, false);

    /// <summary>
    /// The sum cut into parts, for products of few tiles: products[part] = scale · products[part] + the terms of the part; without scales
    /// what was there is lost.
    /// </summary>
    public void Add(
        IDeviceQueue queue, DeviceArray<float> left, long leftAt, int leftStride, DeviceArray<float> right,
        int rows, int columns, int depth, DeviceArray<float> products, int parts, DeviceArray<float>? scales) =>
        Launch(queue, left, leftAt, leftStride, right, 0, rows, columns, depth, products, parts, scales ?? products, scales is not null);

    private void Launch(
        IDeviceQueue queue, DeviceArray<float> left, long leftAt, int leftStride, DeviceArray<float> right, long rightAt,
        int rows, int columns, int depth, DeviceArray<float> products, int parts, DeviceArray<float> scales, bool accumulates)
    {
        int part = Filled((depth + parts - 1) / parts);
        queue.Launch(
            kernel, new(Groups(rows, columns), parts), products, left, right, scales, (ulong)leftAt / 4, (ulong)rightAt / 4,
            rows, leftStride / 4, columns / 4, depth, part, accumulates ? 1 : 0);
    }
}
