namespace Sweeps.Compute.Devices.OpenCl;

/// <summary>Error numbers of OpenCL (CL/cl.h), their names, and what they mean for us.</summary>
internal static class OpenClStatus
{
    public const int Success = 0;
    public const int DeviceNotFound = -1;
    public const int BuildProgramFailure = -11;

    /// <summary>Of the loader: no driver is registered with it.</summary>
    public const int PlatformNotFound = -1001;

    /// <summary>Throws unless <paramref name="status"/> is success.</summary>
    /// <param name="status">What a function returned.</param>
    /// <param name="what">What was done, as the subject of a sentence: <c>opencl:0 (name): launch of kernel</c>.</param>
    public static void Check(int status, string what)
    {
        if (status != Success) throw Failure(status, what);
    }

    public static DeviceException Failure(int status, string what) =>
        new(Cause(status), FormattableString.Invariant($"{what} failed: {Name(status)} ({status})"));

    /// <remarks>
    /// CL_OUT_OF_RESOURCES stands for memory and, with some drivers, for a kernel that crashed; in the second case the queue is invalid
    /// from then on, which reads as lost.
    /// </remarks>
    public static DeviceFailure Cause(int status) => status switch
    {
        -4 or -5 or -6 or -61 => DeviceFailure.OutOfMemory,
        -2 or -14 or -34 or -36 or -9999 => DeviceFailure.Lost,
        -3 or -15 or -17 or BuildProgramFailure => DeviceFailure.Build,
        -32 or -33 or DeviceNotFound or PlatformNotFound => DeviceFailure.Unavailable,
        _ => DeviceFailure.Other,
    };

    public static string Name(int status) => status switch
    {
        -1 => "CL_DEVICE_NOT_FOUND",
        -2 => "CL_DEVICE_NOT_AVAILABLE",
        -3 => "CL_COMPILER_NOT_AVAILABLE",
        -4 => "CL_MEM_OBJECT_ALLOCATION_FAILURE",
        -5 => "CL_OUT_OF_RESOURCES",
        -6 => "CL_OUT_OF_HOST_MEMORY",
        -11 => "CL_BUILD_PROGRAM_FAILURE",
        -13 => "CL_MISALIGNED_SUB_BUFFER_OFFSET",
        -14 => "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST",
        -15 => "CL_COMPILE_PROGRAM_FAILURE",
        -17 => "CL_LINK_PROGRAM_FAILURE",
        -19 => "CL_KERNEL_ARG_INFO_NOT_AVAILABLE",
        -30 => "CL_INVALID_VALUE",
        -32 => "CL_INVALID_PLATFORM",
        -33 => "CL_INVALID_DEVICE",
        -34 => "CL_INVALID_CONTEXT",
        -36 => "CL_INVALID_COMMAND_QUEUE",
        -38 => "CL_INVALID_MEM_OBJECT",
        -43 => "CL_INVALID_BUILD_OPTIONS",
        -44 => "CL_INVALID_PROGRAM",
        -45 => "CL_INVALID_PROGRAM_EXECUTABLE",
        -46 => "CL_INVALID_KERNEL_NAME",
        -47 => "CL_INVALID_KERNEL_DEFINITION",
        -48 => "CL_INVALID_KERNEL",
        -49 => "CL_INVALID_ARG_INDEX",
        -50 => "CL_INVALID_ARG_VALUE",
        -51 => "CL_INVALID_ARG_SIZE",
        -52 => "CL_INVALID_KERNEL_ARGS",
        -54 => "CL_INVALID_WORK_GROUP_SIZE",
        -55 => "CL_INVALID_WORK_ITEM_SIZE",
        -59 => "CL_INVALID_OPERATION",
        -61 => "CL_INVALID_BUFFER_SIZE",
        -63 => "CL_INVALID_GLOBAL_WORK_SIZE",
        -1001 => "CL_PLATFORM_NOT_FOUND_KHR",
        _ => "error",
    };
}
