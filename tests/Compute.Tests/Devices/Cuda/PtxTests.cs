using System.Text.RegularExpressions;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Devices.Cuda;
using Sweeps.Compute.Devices.OpenCl;

namespace Sweeps.Compute.Tests.Devices.Cuda;

public partial class PtxTests
{
    public static TheoryData<string> Names => new(DeviceText.All().Select(t => t.Name));

    [Fact]
    public void The_PTX_that_is_checked_in_is_that_of_the_texts()
    {
        string compute = TestText.Compute(), fresh = Directory.CreateTempSubdirectory("ptx-").FullName;
        TestText.MakePtx(fresh);
        string[] made =
            [.. Directory.EnumerateFiles(fresh, "*.ptx", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(fresh, f)).Order()];
        Assert.Equal(DeviceText.All().Select(t => Path.ChangeExtension(t.Name, ".ptx")).Order(), made);
        foreach (string ptx in made)
        {
            string hint = $"{ptx} is not that of its text: run Compute/Devices/Text/make-ptx";
            Assert.True(File.ReadAllText(Path.Combine(fresh, ptx)) == File.ReadAllText(Path.Combine(compute, ptx)), hint);
            Assert.True(File.ReadAllText(Path.Combine(fresh, ptx)) == DeviceText.Of(Path.ChangeExtension(ptx, ".cl")).Ptx, hint);
        }
        Directory.Delete(fresh, recursive: true);
    }

    /// <summary>The driver of CUDA checks no argument; that of OpenCL knows the parameters of the same text.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_have_the_same_parameters_and_groups_in_both_forms(string name) => AssertSameKernels(DeviceText.Of(name));

    [Fact]
    public void Words_of_the_headers_that_no_text_uses_yet_compile_in_both_forms() =>
        AssertSameKernels(TestText.Of("words.cl", TestKernels.Source));

    /// <summary>What does not say how it rounds, the driver may fuse with the next; local memory is a spilled array.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_operation_rounds_to_nearest_and_no_array_spills(string name)
    {
        string ptx = DeviceText.Of(name).Ptx;
        Assert.DoesNotMatch(@"\b(add|sub|mul|mad|fma|div|sqrt|rcp)(\.(approx|full|ftz|rz|rm|rp))*\.f32", ptx);
        Assert.DoesNotMatch(@"\.(approx|ftz)\b", ptx);
        Assert.DoesNotMatch(@"\.local\b", ptx);
        Assert.Contains(".target sm_80", ptx, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_without_a_group_size_and_a_parameter_by_value_are_refused()
    {
        const string Plain = ".visible .entry k(\n.param .u64 a,\n.param .f32 b\n)\n";
        Assert.Equal<int>([8, 4], Assert.Single(PtxEntry.Read(Plain + ".maxntid 32, 1, 1\n{}")).ParameterBytes);
        Assert.Throws<FormatException>(() => PtxEntry.Read(Plain + "{}"));
        Assert.Throws<FormatException>(() => PtxEntry.Read(".visible .entry k(\n.param .align 4 .b8 a[12]\n)\n.maxntid 32, 1, 1\n{}"));
    }

    private static void AssertSameKernels(DeviceText text)
    {
        var entries = PtxEntry.Read(text.Ptx);
        Assert.Equal(
            KernelName().Matches(text.OpenCl).Select(m => m.Groups[1].Value).Where(k => k != "name").Order(),
            entries.Select(e => e.Name).Order());
        using IDevice device = OpenClDiscovery.Devices(new OpenClLibrary())[0].Open();
        IDeviceModule module = device.Load(text);
        foreach (PtxEntry entry in entries)
        {
            var kernel = (OpenClKernel)module.Kernel(entry.Name);
            Assert.Equal(kernel.GroupSize, entry.GroupSize);
            Assert.Equal<int>(kernel.ParameterBytes, entry.ParameterBytes);
        }
    }

    [GeneratedRegex(@"KERNEL\((\w+),")]
    private static partial Regex KernelName();
}
