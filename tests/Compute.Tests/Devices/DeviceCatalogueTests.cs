using Sweeps.Compute.Devices;
using Sweeps.Compute.Tests.Devices.Cuda;

namespace Sweeps.Compute.Tests.Devices;

public class DeviceCatalogueTests
{
    private static readonly string[] None = ["no-such-library"];

    [Fact]
    public void Without_drivers_the_catalogue_says_why_for_each_kind()
    {
        var catalogue = DeviceCatalogue.Discover(cuda: None, openCl: None);
        Assert.Empty(catalogue.Devices);
        Assert.Equal("no CUDA driver on this machine (no-such-library not found)", catalogue.Missing[DeviceKind.Cuda]);
        Assert.Equal("no OpenCL driver on this machine (no-such-library not found)", catalogue.Missing[DeviceKind.OpenCl]);
    }

    [Fact]
    public void A_library_that_is_no_driver_is_named_with_what_it_lacks()
    {
        using var other = new FakeCuda();
        var catalogue = DeviceCatalogue.Discover(cuda: None, openCl: [other.Path]);
        Assert.Equal($"the driver {other.Path} is too old: it has no clGetPlatformIDs", catalogue.Missing[DeviceKind.OpenCl]);
    }

    [Fact]
    public void Cuda_comes_first()
    {
        using var driver = new FakeCuda();
        var catalogue = DeviceCatalogue.Discover(cuda: [driver.Path], openCl: []);
        Assert.Equal("cuda:0", catalogue.Devices[0].Description.Word);
        Assert.Contains(catalogue.Devices, d => d.Description.Kind == DeviceKind.OpenCl);
        Assert.Empty(catalogue.Missing);
    }

    [Fact]
    public void A_choice_finds_its_device()
    {
        using var driver = new FakeCuda();
        driver.Devices(2);
        DeviceCatalogue catalogue = driver.Discover();
        Assert.Null(catalogue.Find(Choice("cpu")));
        Assert.Equal("cuda:0", catalogue.Find(Choice("auto"))?.Description.Word);
        Assert.Equal("cuda:0", catalogue.Find(Choice("cuda"))?.Description.Word);
        Assert.Equal("cuda:1", catalogue.Find(Choice("cuda:1"))?.Description.Word);
        Assert.Null(DeviceCatalogue.Discover(None, None).Find(Choice("auto")));
    }

    /// <summary>OpenCL on the processor would only be slower than the processor's own kernels.</summary>
    [Fact]
    public void A_processor_behind_a_driver_is_not_chosen_unasked()
    {
        var catalogue = DeviceCatalogue.Discover(cuda: None, openCl: []);
        Assert.All(catalogue.Devices.Where(d => d == catalogue.Find(Choice("auto"))), d => Assert.False(d.Description.IsProcessor));
        Assert.NotNull(catalogue.Find(Choice("opencl")));
    }

    [Fact]
    public void A_device_that_is_not_here_is_refused_with_why_and_what_is()
    {
        using var driver = new FakeCuda();
        DeviceCatalogue catalogue = driver.Discover();
        DeviceException e = Assert.Throws<DeviceException>(() => catalogue.Find(Choice("opencl:1")));
        Assert.Equal(DeviceFailure.Unavailable, e.Cause);
        Assert.Equal(
            "there is no device opencl:1 here: no OpenCL driver on this machine (no-such-library not found); there are cpu, "
            + "cuda:0 (Pretended Card 0)", e.Message);
        Assert.Equal(
            "there is no device cuda:3 here; there are cpu, cuda:0 (Pretended Card 0)",
            Assert.Throws<DeviceException>(() => catalogue.Find(Choice("cuda:3"))).Message);
    }

    private static DeviceChoice Choice(string text) =>
        DeviceChoice.TryParse(text, out DeviceChoice? choice, out string? mistake) ? choice : throw new ArgumentException(mistake);
}
