using System.Diagnostics;
using System.Runtime.InteropServices;
using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices.Cuda;

/// <summary>A driver made of <c>fake-cuda.c</c>, compiled here; a file of its own for each test, so that it is a fresh one.</summary>
internal sealed unsafe class FakeCuda : IDisposable
{
    private static readonly Lazy<byte[]> Compiled = new(Compile);

    private readonly string folder = Directory.CreateTempSubdirectory("fake-cuda-").FullName;
    private readonly nint library;

    public FakeCuda()
    {
        Path = System.IO.Path.Combine(folder, "libcuda.so.1");
        File.WriteAllBytes(Path, Compiled.Value);
        library = NativeLibrary.Load(Path);
    }

    public string Path { get; }

    /// <summary>One line a call: the function and what it was given.</summary>
    public string[] Log => Text("fake_log").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd()).ToArray();

    /// <summary>The PTX that was loaded last.</summary>
    public string Image => Text("fake_image");

    /// <summary>Blocks of memory not given back yet.</summary>
    public long Allocations => ((delegate* unmanaged<nint>)Entry("fake_allocations"))();

    public void Devices(int count) => ((delegate* unmanaged<int, void>)Entry("fake_devices"))(count);

    public void Capability(int value) => ((delegate* unmanaged<int, void>)Entry("fake_capability"))(value);

    public void Forget() => ((delegate* unmanaged<void>)Entry("fake_forget"))();

    /// <summary>Sizes of the parameters of the launches to come: the driver knows them from the PTX.</summary>
    public void Parameters(ReadOnlySpan<int> sizes)
    {
        fixed (int* s = sizes) ((delegate* unmanaged<int*, int, void>)Entry("fake_parameters"))(s, sizes.Length);
    }

    /// <summary>From its call number <paramref name="after"/> on, counted from 0, a function returns a status and does nothing.</summary>
    public void Fail(string function, int status, int after = 0)
    {
        fixed (byte* f = System.Text.Encoding.UTF8.GetBytes(function + "\0"))
            ((delegate* unmanaged<byte*, int, int, void>)Entry("fake_fail"))(f, status, after);
    }

    public DeviceCatalogue Discover() => DeviceCatalogue.Discover(cuda: [Path], openCl: ["no-such-library"]);

    public IDevice Open() => Assert.Single(Discover().Devices).Open();

    // The library stays loaded, as drivers do; its file may go.
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Compile()
    {
        string source = System.IO.Path.Combine(AppContext.BaseDirectory, "Devices", "Cuda", "fake-cuda.c");
        string target = System.IO.Path.Combine(Directory.CreateTempSubdirectory("fake-cuda-").FullName, "libcuda.so.1");
        using Process compiler = Process.Start("clang-14", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", target, source]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        byte[] library = File.ReadAllBytes(target);
        Directory.Delete(System.IO.Path.GetDirectoryName(target)!, recursive: true);
        return library;
    }

    private nint Entry(string function) => NativeLibrary.GetExport(library, function);

    private string Text(string function) => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Entry(function))()) ?? "";
}
