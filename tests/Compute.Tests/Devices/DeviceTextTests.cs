using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

public class DeviceTextTests
{
    [Fact]
    public void Texts_with_kernels_are_found_and_those_without_are_not()
    {
        string[] names = [.. DeviceText.All().Select(t => t.Name)];
        Assert.Contains("Random/FillNormals.cl", names);
        Assert.DoesNotContain("Random/Normals.cl", names);
    }

    [Fact]
    public void What_two_texts_include_is_there_once()
    {
        const string Source = "#include \"Random/Normals.cl\"\n#include \"Random/Philox4x32.cl\"\n#include \"Random/Normals.cl\"";
        string text = TestText.Of("twice.cl", Source).OpenCl;
        Assert.Equal(2, text.Split("DEVICE_FUNCTION Words words_of").Length);
        Assert.DoesNotContain("#include", text, StringComparison.Ordinal);
        Assert.DoesNotContain("#pragma once", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_not_there_is_named() =>
        Assert.Contains("Random/Nothing.cl", Assert.Throws<ArgumentException>(() => DeviceText.Of("Random/Nothing.cl").OpenCl).Message);
}
