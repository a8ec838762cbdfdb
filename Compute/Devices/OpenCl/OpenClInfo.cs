using System.Runtime.CompilerServices;
using System.Text;

namespace Sweeps.Compute.Devices.OpenCl;

/// <summary>Asks for a property twice, as OpenCL wants: how long it is, then what it is.</summary>
internal static unsafe class OpenClInfo
{
    /// <summary>One of the functions <c>clGet…Info</c> with its first arguments given.</summary>
    public delegate int Query(nuint size, void* value, nuint* needed);

    /// <param name="what">The property's name, for the failure.</param>
    /// <param name="query">Asks.</param>
    /// <exception cref="DeviceException">The driver refuses.</exception>
    public static string Text(string what, Query query)
    {
        nuint size;
        OpenClStatus.Check(query(0, null, &size), what);
        if (size == 0) return "";
        var bytes = new byte[checked((int)size)];
        fixed (byte* b = bytes) OpenClStatus.Check(query(size, b, null), what);
        return Encoding.UTF8.GetString(bytes).TrimEnd('\0').Trim();
    }

    public static T Value<T>(string what, Query query) where T : unmanaged
    {
        T value = default;
        OpenClStatus.Check(query((nuint)Unsafe.SizeOf<T>(), &value, null), what);
        return value;
    }
}
