namespace Sweeps.Grains.Hosts;

/// <summary>Whether a file is fit to hold passwords or tokens.</summary>
public static class SecretFile
{
    /// <summary>
    /// Whether every user of this machine can read it. Its group may: services read files of root by their group (0640), mounted secrets
    /// too.
    /// </summary>
    public static bool IsOpenToAll(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0;
}
