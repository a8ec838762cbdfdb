using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

public class DeviceChoiceTests
{
    [Theory]
    [InlineData("auto", null, null)]
    [InlineData("cpu", null, null)]
    [InlineData("opencl", "OpenCl", null)]
    [InlineData("opencl:0", "OpenCl", 0)]
    [InlineData("cuda", "Cuda", null)]
    [InlineData("cuda:12", "Cuda", 12)]
    public void Words_of_the_interface_are_understood(string text, string? kind, int? index)
    {
        Assert.True(DeviceChoice.TryParse(text, out DeviceChoice? choice, out string? mistake));
        Assert.Null(mistake);
        Assert.Equal(kind, choice.Kind?.ToString());
        Assert.Equal(index, choice.Index);
        Assert.Equal(text, choice.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CUDA")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:1.0")]
    [InlineData("opencl:99999999999")]
    [InlineData("cpu:0")]
    [InlineData("auto:0")]
    public void Any_other_word_is_one_sentence(string text)
    {
        Assert.False(DeviceChoice.TryParse(text, out DeviceChoice? choice, out string? mistake));
        Assert.Null(choice);
        Assert.Equal($"'{text}' is no device: write auto, cpu, opencl, cuda, or one of several by its number, as in opencl:0", mistake);
    }
}
