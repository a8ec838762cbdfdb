using Sweeps.Compute.Devices;

namespace Sweeps.Client.Tests.Commands;

/// <summary>A test of what is done where there is no GPU.</summary>
internal sealed class NoGpuFactAttribute : FactAttribute
{
    public NoGpuFactAttribute()
    {
        if (!DeviceCatalogue.Discover().Find(DeviceChoice.Auto).IsEmpty) Skip = "there is a GPU, whose own rates take half a minute";
    }
}
