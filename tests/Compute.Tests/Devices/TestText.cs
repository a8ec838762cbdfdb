using System.Diagnostics;
using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

/// <summary>Texts of tests, for every kind of device.</summary>
internal static class TestText
{
    /// <param name="name">A file name that no other text has.</param>
    /// <param name="source">As in a <c>.cl</c> file.</param>
    public static DeviceText Of(string name, string source) => DeviceText.Of(name, source, () => Ptx(name, source));

    /// <summary>Runs <c>make-ptx</c>.</summary>
    public static void MakePtx(params string[] arguments)
    {
        using Process make = Process.Start("bash", [Path.Combine(Compute(), "Devices", "Text", "make-ptx"), .. arguments]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
    }

    /// <summary>The folder <c>Compute/</c> of the checkout.</summary>
    public static string Compute() => Checkout.Path("Compute");

    private static string Ptx(string name, string source)
    {
        string folder = Directory.CreateTempSubdirectory("ptx-").FullName;
        File.WriteAllText(Path.Combine(folder, name), source);
        MakePtx(folder, folder);
        string ptx = File.ReadAllText(Path.Combine(folder, Path.ChangeExtension(name, ".ptx")));
        Directory.Delete(folder, recursive: true);
        return ptx;
    }
}
