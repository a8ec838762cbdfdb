using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

[Collection("Device")]
public class TileProductDeviceTests(DeviceFixture fixture)
{
    private readonly IDevice device = fixture.Device;
    private readonly IDeviceQueue queue = fixture.Queue;

    /// <summary>Bit for bit: each sum is a chain of fused multiply-adds in the order of its terms.</summary>
    [Theory]
    [InlineData(1, 4, 8)]
    [InlineData(127, 132, 24)]
    [InlineData(128, 128, 16)]
    [InlineData(260, 36, 64)]
    public void Products_are_sums_in_the_order_of_their_terms(int rows, int columns, int depth)
    {
        int stride = (rows + 3) / 4 * 4 + 4;
        float[] left = Normals(depth * stride, 1), right = Normals(depth * columns, 2);
        using DeviceArray<float> a = Array(left, 4), b = Array(right, 8), c = new(device, (long)rows * columns);
        new TileProductDevice(device).Multiply(queue, a, 4, stride, b, 8, rows, columns, depth, c);
        Assert.Equal(Expected(left, stride, right, rows, columns, 0, depth, null, null), Read(c));
    }

    [Theory]
    [InlineData(5, 40, 200, 1)]
    [InlineData(130, 12, 136, 4)]
    [InlineData(9, 8, 8, 3)]
    public void Parts_are_added_to_what_is_there_times_its_scale(int rows, int columns, int depth, int parts)
    {
        int stride = (rows + 3) / 4 * 4, part = TileProductDevice.Filled((depth + parts - 1) / parts);
        float[] left = Normals(depth * stride, 1), right = Normals(depth * columns, 2), scales = Normals(columns, 3);
        using DeviceArray<float> a = Array(left, 0), b = Array(right, 0), s = Array(scales, 0);
        using var c = new DeviceArray<float>(device, (long)parts * rows * columns);
        var product = new TileProductDevice(device);
        product.Add(queue, a, 0, stride, b, rows, columns, depth, c, parts, null);
        float[] first = Read(c);
        product.Add(queue, a, 0, stride, b, rows, columns, depth, c, parts, s);
        float[] second = Read(c);
        for (int i = 0; i < parts; i++)
        {
            int from = Math.Min(depth, i * part), to = Math.Min(depth, from + part), size = rows * columns;
            Range here = (i * size)..((i + 1) * size);
            Assert.Equal(Expected(left, stride, right, rows, columns, from, to, null, null), first[here]);
            Assert.Equal(Expected(left, stride, right, rows, columns, from, to, first[here], scales), second[here]);
        }
    }

    /// <summary>Relative to the sum of the absolute terms: what single precision gives, and a thousandth of what TF32 alone does.</summary>
    [Theory]
    [InlineData(1, 4, 8, 1)]
    [InlineData(127, 132, 24, 1)]
    [InlineData(128, 128, 1024, 1)]
    [InlineData(260, 36, 136, 3)]
    public void Tensor_units_err_as_single_precision_does(int rows, int columns, int depth, int parts)
    {
        int stride = (rows + 3) / 4 * 4 + 4, part = TileProductDevice.Filled((depth + parts - 1) / parts), size = rows * columns;
        float[] left = Normals(depth * stride, 1), right = Normals(depth * columns, 2), scales = Normals(columns, 3);
        using DeviceArray<float> a = Array(left, 4), b = Array(right, 0), s = Array(scales, 0), c = new(device, (long)parts * size);
        var product = new TileProductDevice(device, ProductUnits.Tensor);
        product.Add(queue, a, 4, stride, b, rows, columns, depth, c, parts, null);
        float[] once = Read(c);
        product.Add(queue, a, 4, stride, b, rows, columns, depth, c, parts, s);
        float[] twice = Read(c);
        for (int i = 0; i < once.Length; i++)
        {
            int row = i % size / columns, column = i % columns, from = i / size * part;
            double sum = 0, magnitude = 0;
            for (int k = from; k < Math.Min(depth, from + part); k++)
            {
                double term = (double)left[k * stride + row] * right[k * columns + column];
                sum += term;
                magnitude += Math.Abs(term);
            }
            Assert.Equal(sum, once[i], 3e-7 * magnitude);
            Assert.Equal(sum + scales[column] * (double)once[i], twice[i], 3e-7 * magnitude + 1e-7 * Math.Abs(scales[column] * once[i]));
        }
    }

    private static float[] Expected(
        float[] left, int stride, float[] right, int rows, int columns, int from, int to, float[]? before, float[]? scales)
    {
        var products = new float[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float sum = 0;
                for (int k = from; k < to; k++) sum = MathF.FusedMultiplyAdd(left[k * stride + r], right[k * columns + c], sum);
                products[r * columns + c] = before is null ? sum : MathF.FusedMultiplyAdd(before[r * columns + c], scales![c], sum);
            }
        }
        return products;
    }

    private static float[] Normals(int count, uint replica)
    {
        var normals = new float[count];
        NormalsSimd.Fill(RandomStream.Of(1, "", "product").At(replica), 0, normals);
        return normals;
    }

    private DeviceArray<float> Array(float[] values, int at)
    {
        var array = new DeviceArray<float>(device, at + values.Length);
        array.Write(queue, values, at);
        return array;
    }

    private float[] Read(DeviceArray<float> array)
    {
        var values = new float[array.Length];
        array.Read(queue, values);
        return values;
    }
}
