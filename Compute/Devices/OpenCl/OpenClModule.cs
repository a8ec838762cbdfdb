using System.Text;

namespace Sweeps.Compute.Devices.OpenCl;

/// <summary>A text compiled by the device's driver.</summary>
internal sealed unsafe class OpenClModule : IDeviceModule
{
    private const uint BuildLog = 0x1183;
    private const int LongestLog = 4000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, OpenClKernel> kernels = [];
    private readonly OpenClDevice owner;
    private readonly nint device;
    private readonly string text;
    private readonly nint program;

    /// <exception cref="DeviceException">The text does not compile; the message has the driver's log.</exception>
    public OpenClModule(OpenClDevice owner, nint context, nint device, DeviceText text)
    {
        (this.owner, this.device, this.text) = (owner, device, text.Name);
        byte[] source = Encoding.UTF8.GetBytes(text.OpenCl);
        nuint length = (nuint)source.Length;
        int status;
        fixed (byte* s = source)
        {
            byte* start = s;
            program = owner.Library.CreateProgramWithSource(context, 1, &start, &length, &status);
        }
        owner.Check(status, $"clCreateProgramWithSource of {text.Name}");
        try
        {
            Build(text.Name);
        }
        catch
        {
            Release();
            throw;
        }
    }

    public IDeviceKernel Kernel(string name)
    {
        lock (gate)
        {
            if (!kernels.TryGetValue(name, out OpenClKernel? kernel))
                kernels.Add(name, kernel = new(owner, device, program, text, name));
            return kernel;
        }
    }

    internal void Release()
    {
        foreach (OpenClKernel kernel in kernels.Values) kernel.Release();
        _ = owner.Library.ReleaseProgram(program);
    }

    private void Build(string name)
    {
        // No relaxed mathematics: bits count. Names of parameters are kept for the check of the two forms of a text against each other.
        string options = "-cl-std=CL1.2 -cl-kernel-arg-info"
            + (owner.Description.RoundsCorrectly ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");
        nint target = device;
        int status;
        fixed (byte* o = Encoding.UTF8.GetBytes(options + "\0")) status = owner.Library.BuildProgram(program, 1, &target, o, 0, 0);
        if (status == OpenClStatus.Success) return;
        string log = OpenClInfo.Text(
            "clGetProgramBuildInfo", (s, v, n) => owner.Library.GetProgramBuildInfo(program, device, BuildLog, s, v, n));
        if (log.Length > LongestLog) log = log[..LongestLog] + "…";
        owner.Check(status, $"compilation of {name} ({log})");
    }
}
