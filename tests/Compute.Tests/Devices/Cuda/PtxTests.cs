using System.Diagnostics;
using System.Text.RegularExpressions;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Devices.Cuda;
using Sweeps.Compute.Tests.Devices.OpenCl;

namespace Sweeps.Compute.Tests.Devices.Cuda;

[Collection("OpenCL")]
public partial class PtxTests(OpenClFixture fixture)
{
    public static TheoryData<string> Names => new(DeviceText.All().Select(t => t.Name));

    [Fact]
    public void The_PTX_that_is_checked_in_is_that_of_the_texts()
    {
        string compute = Compute(), fresh = Directory.CreateTempSubdirectory("ptx-").FullName;
        MakePtx(fresh);
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
    public void Words_of_the_headers_that_no_text_uses_yet_compile_in_both_forms()
    {
        string folder = Directory.CreateTempSubdirectory("ptx-").FullName;
        File.WriteAllText(Path.Combine(folder, "words.cl"), TestKernels.Source);
        MakePtx(folder, folder);
        AssertSameKernels(DeviceText.Of("words.cl", TestKernels.Source, File.ReadAllText(Path.Combine(folder, "words.ptx"))));
        Directory.Delete(folder, recursive: true);
    }

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

    private void AssertSameKernels(DeviceText text)
    {
        var entries = PtxEntry.Read(text.Ptx);
        Assert.Equal(
            KernelName().Matches(text.OpenCl).Select(m => m.Groups[1].Value).Where(k => k != "name").Order(),
            entries.Select(e => e.Name).Order());
        IDeviceModule module = fixture.Device.Load(text);
        foreach (PtxEntry entry in entries)
        {
            var kernel = (Sweeps.Compute.Devices.OpenCl.OpenClKernel)module.Kernel(entry.Name);
            Assert.Equal(kernel.GroupSize, entry.GroupSize);
            Assert.Equal<int>(kernel.ParameterBytes, entry.ParameterBytes);
        }
    }

    private static void MakePtx(params string[] arguments)
    {
        using Process make = Process.Start("bash", [Path.Combine(Compute(), "Devices", "Text", "make-ptx"), .. arguments]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
    }

    private static string Compute()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sweeps.sln"))) folder = folder.Parent;
        Assert.True(folder is not null, "run the tests in a checkout");
        return Path.Combine(folder.FullName, "Compute");
    }

    [GeneratedRegex(@"KERNEL\((\w+),")]
    private static partial Regex KernelName();
}
