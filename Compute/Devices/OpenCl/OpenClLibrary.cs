namespace Sweeps.Compute.Devices.OpenCl;

/// <summary>The functions of OpenCL 1.2 that devices are driven by, as Khronos' specification 1.2, revision 19, declares them.</summary>
internal sealed unsafe class OpenClLibrary
{
    public readonly delegate* unmanaged<uint, nint*, uint*, int> GetPlatformIDs;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetPlatformInfo;
    public readonly delegate* unmanaged<nint, ulong, uint, nint*, uint*, int> GetDeviceIDs;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetDeviceInfo;
    public readonly delegate* unmanaged<nint*, uint, nint*, nint, nint, int*, nint> CreateContext;
    public readonly delegate* unmanaged<nint, int> ReleaseContext;
    public readonly delegate* unmanaged<nint, nint, ulong, int*, nint> CreateCommandQueue;
    public readonly delegate* unmanaged<nint, int> ReleaseCommandQueue;
    public readonly delegate* unmanaged<nint, ulong, nuint, void*, int*, nint> CreateBuffer;
    public readonly delegate* unmanaged<nint, int> ReleaseMemObject;
    public readonly delegate* unmanaged<nint, uint, byte**, nuint*, int*, nint> CreateProgramWithSource;
    public readonly delegate* unmanaged<nint, uint, nint*, byte*, nint, nint, int> BuildProgram;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int> GetProgramBuildInfo;
    public readonly delegate* unmanaged<nint, int> ReleaseProgram;
    public readonly delegate* unmanaged<nint, byte*, int*, nint> CreateKernel;
    public readonly delegate* unmanaged<nint, int> ReleaseKernel;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, int> SetKernelArg;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetKernelInfo;
    public readonly delegate* unmanaged<nint, uint, uint, nuint, void*, nuint*, int> GetKernelArgInfo;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int> GetKernelWorkGroupInfo;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int> EnqueueReadBuffer;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int> EnqueueWriteBuffer;
    public readonly delegate* unmanaged<nint, nint, void*, nuint, nuint, nuint, uint, nint*, nint*, int> EnqueueFillBuffer;
    public readonly delegate* unmanaged<nint, nint, uint, nuint*, nuint*, nuint*, uint, nint*, nint*, int> EnqueueNDRangeKernel;
    public readonly delegate* unmanaged<nint, int> Flush;
    public readonly delegate* unmanaged<nint, int> Finish;

    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["OpenCL.dll"]
        : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
        : ["libOpenCL.so.1", "libOpenCL.so"];

    /// <param name="names">Files of the library to try; by default those of this operating system.</param>
    /// <exception cref="DeviceException">No library, or one before 1.2.</exception>
    public OpenClLibrary(params string[] names)
    {
        DriverLibrary library = DriverLibrary.Load("OpenCL", names.Length > 0 ? names : Names);
        GetPlatformIDs = (delegate* unmanaged<uint, nint*, uint*, int>)library.Entry("clGetPlatformIDs");
        GetPlatformInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)library.Entry("clGetPlatformInfo");
        GetDeviceIDs = (delegate* unmanaged<nint, ulong, uint, nint*, uint*, int>)library.Entry("clGetDeviceIDs");
        GetDeviceInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)library.Entry("clGetDeviceInfo");
        CreateContext = (delegate* unmanaged<nint*, uint, nint*, nint, nint, int*, nint>)library.Entry("clCreateContext");
        ReleaseContext = (delegate* unmanaged<nint, int>)library.Entry("clReleaseContext");
        CreateCommandQueue = (delegate* unmanaged<nint, nint, ulong, int*, nint>)library.Entry("clCreateCommandQueue");
        ReleaseCommandQueue = (delegate* unmanaged<nint, int>)library.Entry("clReleaseCommandQueue");
        CreateBuffer = (delegate* unmanaged<nint, ulong, nuint, void*, int*, nint>)library.Entry("clCreateBuffer");
        ReleaseMemObject = (delegate* unmanaged<nint, int>)library.Entry("clReleaseMemObject");
        CreateProgramWithSource = (delegate* unmanaged<nint, uint, byte**, nuint*, int*, nint>)library.Entry("clCreateProgramWithSource");
        BuildProgram = (delegate* unmanaged<nint, uint, nint*, byte*, nint, nint, int>)library.Entry("clBuildProgram");
        GetProgramBuildInfo = (delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int>)library.Entry("clGetProgramBuildInfo");
        ReleaseProgram = (delegate* unmanaged<nint, int>)library.Entry("clReleaseProgram");
        CreateKernel = (delegate* unmanaged<nint, byte*, int*, nint>)library.Entry("clCreateKernel");
        ReleaseKernel = (delegate* unmanaged<nint, int>)library.Entry("clReleaseKernel");
        SetKernelArg = (delegate* unmanaged<nint, uint, nuint, void*, int>)library.Entry("clSetKernelArg");
        GetKernelInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)library.Entry("clGetKernelInfo");
        GetKernelArgInfo = (delegate* unmanaged<nint, uint, uint, nuint, void*, nuint*, int>)library.Entry("clGetKernelArgInfo");
        GetKernelWorkGroupInfo =
            (delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int>)library.Entry("clGetKernelWorkGroupInfo");
        EnqueueReadBuffer =
            (delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)library.Entry("clEnqueueReadBuffer");
        EnqueueWriteBuffer =
            (delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)library.Entry("clEnqueueWriteBuffer");
        EnqueueFillBuffer =
            (delegate* unmanaged<nint, nint, void*, nuint, nuint, nuint, uint, nint*, nint*, int>)library.Entry("clEnqueueFillBuffer");
        EnqueueNDRangeKernel =
            (delegate* unmanaged<nint, nint, uint, nuint*, nuint*, nuint*, uint, nint*, nint*, int>)library.Entry("clEnqueueNDRangeKernel");
        Flush = (delegate* unmanaged<nint, int>)library.Entry("clFlush");
        Finish = (delegate* unmanaged<nint, int>)library.Entry("clFinish");
    }
}
