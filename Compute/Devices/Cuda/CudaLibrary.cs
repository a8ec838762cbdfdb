namespace Sweeps.Compute.Devices.Cuda;

/// <summary>
/// The functions of NVIDIA's driver that devices are driven by, as the CUDA Driver API declares them: <c>CUresult</c>, <c>CUdevice</c> and
/// enumerations are int, <c>CUdeviceptr</c> is 64 bits, other handles are pointers.
/// </summary>
internal sealed unsafe class CudaLibrary
{
    public readonly delegate* unmanaged<uint, int> Init;
    public readonly delegate* unmanaged<int*, int> DriverGetVersion;
    public readonly delegate* unmanaged<int, byte**, int> GetErrorName;
    public readonly delegate* unmanaged<int, byte**, int> GetErrorString;
    public readonly delegate* unmanaged<int*, int> DeviceGetCount;
    public readonly delegate* unmanaged<int*, int, int> DeviceGet;
    public readonly delegate* unmanaged<byte*, int, int, int> DeviceGetName;
    public readonly delegate* unmanaged<nuint*, int, int> DeviceTotalMem;
    public readonly delegate* unmanaged<int*, int, int, int> DeviceGetAttribute;
    public readonly delegate* unmanaged<int, uint, int> DevicePrimaryCtxSetFlags;
    public readonly delegate* unmanaged<nint*, int, int> DevicePrimaryCtxRetain;
    public readonly delegate* unmanaged<int, int> DevicePrimaryCtxRelease;
    public readonly delegate* unmanaged<nint, int> CtxSetCurrent;
    public readonly delegate* unmanaged<nint*, void*, uint, int*, void**, int> ModuleLoadDataEx;
    public readonly delegate* unmanaged<nint, int> ModuleUnload;
    public readonly delegate* unmanaged<nint*, nint, byte*, int> ModuleGetFunction;
    public readonly delegate* unmanaged<nint, int, int, int> FuncSetAttribute;
    public readonly delegate* unmanaged<ulong*, nuint, int> MemAlloc;
    public readonly delegate* unmanaged<ulong, int> MemFree;
    public readonly delegate* unmanaged<void**, nuint, uint, int> MemHostAlloc;
    public readonly delegate* unmanaged<void*, int> MemFreeHost;
    public readonly delegate* unmanaged<ulong, void*, nuint, nint, int> MemcpyHtoDAsync;
    public readonly delegate* unmanaged<void*, ulong, nuint, nint, int> MemcpyDtoHAsync;
    public readonly delegate* unmanaged<ulong, byte, nuint, nint, int> MemsetD8Async;
    public readonly delegate* unmanaged<ulong, uint, nuint, nint, int> MemsetD32Async;
    public readonly delegate* unmanaged<nint*, uint, int> StreamCreate;
    public readonly delegate* unmanaged<nint, int> StreamDestroy;
    public readonly delegate* unmanaged<nint, int> StreamSynchronize;
    public readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> LaunchKernel;

    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "libcuda.so"];

    /// <param name="names">Files of the library to try; by default those of this operating system.</param>
    /// <exception cref="DeviceException">No library, one that is too old, or one that does not start.</exception>
    public CudaLibrary(params string[] names)
    {
        DriverLibrary library = DriverLibrary.Load("CUDA", names.Length > 0 ? names : Names);
        Init = (delegate* unmanaged<uint, int>)library.Entry("cuInit");
        DriverGetVersion = (delegate* unmanaged<int*, int>)library.Entry("cuDriverGetVersion");
        GetErrorName = (delegate* unmanaged<int, byte**, int>)library.Entry("cuGetErrorName");
        GetErrorString = (delegate* unmanaged<int, byte**, int>)library.Entry("cuGetErrorString");
        DeviceGetCount = (delegate* unmanaged<int*, int>)library.Entry("cuDeviceGetCount");
        DeviceGet = (delegate* unmanaged<int*, int, int>)library.Entry("cuDeviceGet");
        DeviceGetName = (delegate* unmanaged<byte*, int, int, int>)library.Entry("cuDeviceGetName");
        DeviceTotalMem = (delegate* unmanaged<nuint*, int, int>)library.Entry("cuDeviceTotalMem_v2");
        DeviceGetAttribute = (delegate* unmanaged<int*, int, int, int>)library.Entry("cuDeviceGetAttribute");
        DevicePrimaryCtxSetFlags = (delegate* unmanaged<int, uint, int>)library.Entry("cuDevicePrimaryCtxSetFlags_v2");
        DevicePrimaryCtxRetain = (delegate* unmanaged<nint*, int, int>)library.Entry("cuDevicePrimaryCtxRetain");
        DevicePrimaryCtxRelease = (delegate* unmanaged<int, int>)library.Entry("cuDevicePrimaryCtxRelease_v2");
        CtxSetCurrent = (delegate* unmanaged<nint, int>)library.Entry("cuCtxSetCurrent");
        ModuleLoadDataEx = (delegate* unmanaged<nint*, void*, uint, int*, void**, int>)library.Entry("cuModuleLoadDataEx");
        ModuleUnload = (delegate* unmanaged<nint, int>)library.Entry("cuModuleUnload");
        ModuleGetFunction = (delegate* unmanaged<nint*, nint, byte*, int>)library.Entry("cuModuleGetFunction");
        FuncSetAttribute = (delegate* unmanaged<nint, int, int, int>)library.Entry("cuFuncSetAttribute");
        MemAlloc = (delegate* unmanaged<ulong*, nuint, int>)library.Entry("cuMemAlloc_v2");
        MemFree = (delegate* unmanaged<ulong, int>)library.Entry("cuMemFree_v2");
        MemHostAlloc = (delegate* unmanaged<void**, nuint, uint, int>)library.Entry("cuMemHostAlloc");
        MemFreeHost = (delegate* unmanaged<void*, int>)library.Entry("cuMemFreeHost");
        MemcpyHtoDAsync = (delegate* unmanaged<ulong, void*, nuint, nint, int>)library.Entry("cuMemcpyHtoDAsync_v2");
        MemcpyDtoHAsync = (delegate* unmanaged<void*, ulong, nuint, nint, int>)library.Entry("cuMemcpyDtoHAsync_v2");
        MemsetD8Async = (delegate* unmanaged<ulong, byte, nuint, nint, int>)library.Entry("cuMemsetD8Async");
        MemsetD32Async = (delegate* unmanaged<ulong, uint, nuint, nint, int>)library.Entry("cuMemsetD32Async");
        StreamCreate = (delegate* unmanaged<nint*, uint, int>)library.Entry("cuStreamCreate");
        StreamDestroy = (delegate* unmanaged<nint, int>)library.Entry("cuStreamDestroy_v2");
        StreamSynchronize = (delegate* unmanaged<nint, int>)library.Entry("cuStreamSynchronize");
        LaunchKernel = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)
            library.Entry("cuLaunchKernel");
        int status = Init(0);
        if (status != CudaStatus.Success)
            throw new DeviceException(
                DeviceFailure.Unavailable, CudaStatus.Sentence(this, status, "the CUDA driver does not start: cuInit"));
    }
}
