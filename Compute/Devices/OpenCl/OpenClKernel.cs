namespace Sweeps.Compute.Devices.OpenCl;

internal sealed unsafe class OpenClKernel : IDeviceKernel
{
    private const uint NumArgs = 0x1191;
    private const uint CompileWorkGroupSize = 0x11B1;
    private const uint ArgAddressQualifier = 0x1196;
    private const uint ArgTypeName = 0x1198;
    private const uint QualifierLocal = 0x119C;
    private const uint QualifierPrivate = 0x119E;
    private const int InvalidKernelName = -46;

    private readonly record struct WorkGroup(nuint X, nuint Y, nuint Z);

    private readonly record struct Parameter(uint Space, int Bytes);

    // The arguments are state of the kernel, not of the launch.
    private readonly Lock gate = new();
    private readonly OpenClDevice owner;
    private readonly nint kernel;
    private readonly Parameter[] parameters;
    private readonly bool takesLocalMemory;

    public OpenClKernel(OpenClDevice owner, nint device, nint program, string text, string name)
    {
        (this.owner, Name) = (owner, name);
        int status;
        fixed (byte* n = System.Text.Encoding.UTF8.GetBytes(name + "\0")) kernel = owner.Library.CreateKernel(program, n, &status);
        if (status == InvalidKernelName) throw new ArgumentException($"{text} has no kernel {name}", nameof(name));
        owner.Check(status, $"clCreateKernel of {name}");
        try
        {
            Parameter[] declared = Parameters();
            takesLocalMemory = declared is [.., { Space: QualifierLocal }];
            parameters = takesLocalMemory ? declared[..^1] : declared;
            GroupSize = (int)OpenClInfo.Value<WorkGroup>("clGetKernelWorkGroupInfo",
                (s, v, n) => owner.Library.GetKernelWorkGroupInfo(kernel, device, CompileWorkGroupSize, s, v, n)).X;
            if (GroupSize == 0)
                throw new ArgumentException($"kernel {name} of {text} is not declared by KERNEL(name, threads)", nameof(name));
        }
        catch
        {
            Release();
            throw;
        }
    }

    public string Name { get; }

    public int GroupSize { get; }

    /// <summary>Size of each parameter but <c>LOCAL_PARAMETER</c>; those of the PTX must be the same.</summary>
    internal IEnumerable<int> ParameterBytes => parameters.Select(p => p.Bytes);

    internal void Launch(nint queue, LaunchGrid grid, ReadOnlySpan<KernelArgument> arguments)
    {
        Check(grid, arguments);
        nuint* threads = stackalloc nuint[] { (nuint)grid.X * (nuint)GroupSize, (nuint)grid.Y };
        nuint* group = stackalloc nuint[] { (nuint)GroupSize, 1 };
        lock (gate)
        {
            for (int i = 0; i < arguments.Length; i++) Set(i, arguments[i]);
            if (takesLocalMemory)
                owner.Check(owner.Library.SetKernelArg(kernel, (uint)parameters.Length, (nuint)grid.LocalBytes, null), "local memory");
            int status = owner.Library.EnqueueNDRangeKernel(queue, kernel, 2, null, threads, group, 0, null, null);
            if (status != OpenClStatus.Success) owner.Check(status, $"launch of {Name}");
        }
    }

    internal void Release() => _ = owner.Library.ReleaseKernel(kernel);

    // Not every driver checks, and none a number in the place of a buffer.
    private void Check(LaunchGrid grid, ReadOnlySpan<KernelArgument> arguments)
    {
        if (arguments.Length != parameters.Length)
            throw new ArgumentException($"kernel {Name} has {parameters.Length} parameters, not {arguments.Length}", nameof(arguments));
        if (takesLocalMemory != grid.LocalBytes > 0)
            throw new ArgumentException($"kernel {Name} takes {(takesLocalMemory ? "" : "no ")}local memory", nameof(grid));
        for (int i = 0; i < arguments.Length; i++)
        {
            bool isBuffer = parameters[i].Space != QualifierPrivate;
            if (arguments[i].Size != parameters[i].Bytes || isBuffer != arguments[i].Buffer is not null)
            {
                string wanted = isBuffer ? "buffer" : FormattableString.Invariant($"number of {parameters[i].Bytes} bytes");
                throw new ArgumentException($"parameter {i} of kernel {Name} is a {wanted}", nameof(arguments));
            }
        }
    }

    private void Set(int index, KernelArgument argument)
    {
        ulong bits = argument.Buffer is null ? argument.Bits : (ulong)((OpenClBuffer)argument.Buffer).Memory;
        int status = owner.Library.SetKernelArg(kernel, (uint)index, (nuint)argument.Size, &bits);
        if (status != OpenClStatus.Success) owner.Check(status, $"argument {index} of {Name}");
    }

    private Parameter[] Parameters()
    {
        uint count = OpenClInfo.Value<uint>("clGetKernelInfo", (s, v, n) => owner.Library.GetKernelInfo(kernel, NumArgs, s, v, n));
        return [.. Enumerable.Range(0, (int)count).Select(i => Of((uint)i))];

        Parameter Of(uint index)
        {
            const string Function = "clGetKernelArgInfo";
            uint space = OpenClInfo.Value<uint>(
                Function, (s, v, n) => owner.Library.GetKernelArgInfo(kernel, index, ArgAddressQualifier, s, v, n));
            string type = OpenClInfo.Text(Function, (s, v, n) => owner.Library.GetKernelArgInfo(kernel, index, ArgTypeName, s, v, n));
            return new(space, space != QualifierPrivate ? sizeof(ulong) : type switch
            {
                "int" or "uint" or "U32" or "float" => sizeof(uint),
                "ulong" or "U64" => sizeof(ulong),
                _ => throw new ArgumentException($"parameter {index} of kernel {Name} is of type {type}, and no argument is"),
            });
        }
    }
}
