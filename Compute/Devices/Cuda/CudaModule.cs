using System.Text;

namespace Sweeps.Compute.Devices.Cuda;

/// <summary>A text's PTX, compiled by the driver for the device.</summary>
internal sealed unsafe class CudaModule : IDeviceModule
{
    // CUjit_option
    private const int InfoLogBuffer = 3;
    private const int InfoLogBufferSizeBytes = 4;
    private const int ErrorLogBuffer = 5;
    private const int ErrorLogBufferSizeBytes = 6;
    private const int LogBytes = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<string, CudaKernel> kernels = [];
    private readonly CudaDevice owner;
    private readonly string text;
    private readonly Dictionary<string, PtxEntry> entries;
    private readonly nint module;

    /// <summary>In the context that the caller has entered.</summary>
    /// <exception cref="DeviceException">The driver refuses the text; the message has its log.</exception>
    public CudaModule(CudaDevice owner, DeviceText text)
    {
        (this.owner, this.text) = (owner, text.Name);
        entries = PtxEntry.Read(text.Ptx).ToDictionary(e => e.Name);
        byte* info = stackalloc byte[LogBytes], errors = stackalloc byte[LogBytes];
        (info[0], errors[0]) = (0, 0);
        int* options = stackalloc int[] { InfoLogBuffer, InfoLogBufferSizeBytes, ErrorLogBuffer, ErrorLogBufferSizeBytes };
        // Sizes go as the value of the pointer, not behind it.
        void** values = stackalloc void*[] { info, (void*)LogBytes, errors, (void*)LogBytes };
        nint loaded;
        int status;
        fixed (byte* image = Encoding.UTF8.GetBytes(text.Ptx + "\0"))
            status = owner.Library.ModuleLoadDataEx(&loaded, image, 4, options, values);
        if (status != CudaStatus.Success) owner.Check(status, $"compilation of {text.Name} ({Log(errors)}{Log(info)})");
        module = loaded;
    }

    public IDeviceKernel Kernel(string name)
    {
        lock (gate)
        {
            if (kernels.TryGetValue(name, out CudaKernel? kernel)) return kernel;
            if (!entries.TryGetValue(name, out PtxEntry? entry)) throw new ArgumentException($"{text} has no kernel {name}", nameof(name));
            owner.Enter();
            nint function;
            fixed (byte* n = Encoding.UTF8.GetBytes(name + "\0"))
                owner.Check(owner.Library.ModuleGetFunction(&function, module, n), $"cuModuleGetFunction of {name}");
            kernels.Add(name, kernel = new(owner, function, entry));
            return kernel;
        }
    }

    /// <summary>In the context that the caller has entered.</summary>
    internal void Unload() => _ = owner.Library.ModuleUnload(module);

    private static string Log(byte* buffer)
    {
        var bytes = new ReadOnlySpan<byte>(buffer, LogBytes);
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]).Trim();
    }
}
