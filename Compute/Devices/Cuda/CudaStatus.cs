using System.Runtime.InteropServices;

namespace Sweeps.Compute.Devices.Cuda;

/// <summary>Error numbers of the CUDA driver (enumeration <c>CUresult</c>), and what they mean for us.</summary>
internal static unsafe class CudaStatus
{
    public const int Success = 0;

    /// <summary>Of drivers before CUDA 11: flags of a primary context that is active already are left as they are.</summary>
    public const int PrimaryContextActive = 708;

    /// <summary>Throws unless <paramref name="status"/> is success.</summary>
    /// <param name="library">The driver, which knows the error's name.</param>
    /// <param name="status">What a function returned.</param>
    /// <param name="what">What was done, as the subject of a sentence.</param>
    public static void Check(CudaLibrary library, int status, string what)
    {
        if (status != Success) throw new DeviceException(Cause(status), Sentence(library, status, what));
    }

    /// <summary>One sentence: what failed, the driver's name of the error, its number and its words for it.</summary>
    public static string Sentence(CudaLibrary library, int status, string what)
    {
        byte* name = null, words = null;
        if (library.GetErrorName(status, &name) != Success) name = null;
        if (library.GetErrorString(status, &words) != Success) words = null;
        string error = Marshal.PtrToStringUTF8((nint)name) ?? "an error without a name";
        string meaning = Marshal.PtrToStringUTF8((nint)words) is { Length: > 0 } text ? $", {text}" : "";
        return FormattableString.Invariant($"{what} failed: {error} ({status}){meaning}");
    }

    /// <remarks>
    /// Lost: uncorrectable memory and link errors (214, 219), a contained error (226), a context that was destroyed (709) or deinitialised
    /// (4), the faults after which the process gets nothing more from its context (700, 702, 710, 714 … 719), and the unknown (999).
    /// Build: no code for the device, bad or too new PTX, no compiler (209, 218, 220 … 223, 300).
    /// Unavailable: not started, a stub in place of a driver, no or a busy device, a library and a kernel module that do not fit
    /// (3, 34, 46, 100, 101, 802 … 804).
    /// </remarks>
    public static DeviceFailure Cause(int status) => status switch
    {
        2 => DeviceFailure.OutOfMemory,
        4 or 214 or 219 or 226 or 700 or 702 or 709 or 710 or (>= 714 and <= 719) or 999 => DeviceFailure.Lost,
        209 or 218 or (>= 220 and <= 223) or 300 => DeviceFailure.Build,
        3 or 34 or 46 or 100 or 101 or (>= 802 and <= 804) => DeviceFailure.Unavailable,
        _ => DeviceFailure.Other,
    };
}
