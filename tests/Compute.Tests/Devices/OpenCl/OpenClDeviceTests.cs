using Sweeps.Compute.Devices;
using Sweeps.Compute.Devices.OpenCl;

namespace Sweeps.Compute.Tests.Devices.OpenCl;

public sealed class OpenClDeviceTests : IDisposable
{
    private readonly IDevice device = OpenClDiscovery.Devices(new OpenClLibrary())[0].Open();

    public void Dispose() => device.Dispose();

    [Fact]
    public void The_device_is_described()
    {
        DeviceDescription d = device.Description;
        Assert.Equal("opencl:0", d.Word);
        Assert.NotEmpty(d.Name);
        Assert.Contains("OpenCL", d.Driver, StringComparison.Ordinal);
        Assert.True(d.MemoryBytes >= d.LargestAllocation && d.LargestAllocation > 1 << 20);
        Assert.True(d.ComputeUnits >= 1 && d.LargestGroup >= 256 && d.LocalMemoryBytes >= 16 << 10);
    }

    [Fact]
    public void A_text_that_does_not_compile_is_named_with_file_line_and_the_drivers_log()
    {
        const string Source = "#include \"Random/Normals.cl\"\n\nKERNEL(broken, 1)(GLOBAL int* x)\n{\n    x[0] = undeclared;\n}\n";
        DeviceException e = Assert.Throws<DeviceException>(() => device.Load(TestText.Of("Some/Broken.cl", Source)));
        Assert.Equal(DeviceFailure.Build, e.Cause);
        Assert.Contains("CL_BUILD_PROGRAM_FAILURE (-11)", e.Message, StringComparison.Ordinal);
        Assert.Contains("undeclared", e.Message, StringComparison.Ordinal);
        Assert.Contains("Some/Broken.cl:5", e.Message, StringComparison.Ordinal);
    }

    /// <summary>PTX does not tell them apart, so that CUDA cannot refuse what OpenCL does.</summary>
    [Fact]
    public void A_number_for_a_buffer_and_local_memory_unasked_for_are_refused()
    {
        IDeviceModule module = device.Load(TestText.Of("tests.cl", TestKernels.Source));
        IDeviceKernel numbers = module.Kernel("numbers"), reversed = module.Kernel("reversed");
        using var array = new DeviceArray<ulong>(device, 64);
        using IDeviceQueue queue = device.CreateQueue();
        Assert.Throws<ArgumentException>(() => queue.Launch(numbers, new(1), 1ul, -7, 1u, 1ul, 1f));
        Assert.Throws<ArgumentException>(() => queue.Launch(numbers, new(1), array, -7, 1u, array, 1f));
        Assert.Throws<ArgumentException>(() => queue.Launch(numbers, new(1, 1, 64), array, -7, 1u, 1ul, 1f));
        Assert.Throws<ArgumentException>(() => queue.Launch(reversed, new(1), array));
    }
}
