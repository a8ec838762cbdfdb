using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

[Collection("Device")]
public class DeviceReserveTests(DeviceFixture fixture)
{
    [Fact]
    public void An_array_is_kept_until_a_longer_one_is_wanted()
    {
        var device = new WatchedDevice(fixture.Device) { LargestBuffer = 100 * sizeof(float) };
        using var reserve = new DeviceReserve<float>(device);
        Assert.Throws<InvalidOperationException>(() => reserve.Array);
        DeviceArray<float> first = reserve.AtLeast(10);
        Assert.Same(first, reserve.AtLeast(3));
        Assert.Same(first, reserve.Array);
        Assert.Equal(20, reserve.AtLeast(20).Length);
        Assert.Equal(80, device.HeldBytes);
        Assert.Throws<DeviceException>(() => reserve.AtLeast(101));
        Assert.Equal(0, device.HeldBytes);
        Assert.Equal(5, reserve.AtLeast(5).Length);
        reserve.Dispose();
        Assert.Equal(0, device.HeldBytes);
    }
}
