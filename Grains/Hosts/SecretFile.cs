using System.Diagnostics.CodeAnalysis;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Hosts;

/// <summary>Files that hold a secret in their first line, and whether a file is fit to hold any. No mistake repeats any of it.</summary>
public static class SecretFile
{
    /// <summary>
    /// Whether every user of this machine can read it. Its group may: services read files of root by their group (0640), mounted secrets
    /// too.
    /// </summary>
    public static bool IsOpenToAll(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0;

    /// <summary>Reads a server's address, which is secret if it holds a password.</summary>
    public static bool TryReadAddress(string path, [NotNullWhen(true)] out string? address, [NotNullWhen(false)] out string? mistake) =>
        TryRead(path, "the address", text => HasPassword(text) ? "holds a password" : null, out address, out mistake);

    /// <summary>Reads a token.</summary>
    public static bool TryReadToken(string path, [NotNullWhen(true)] out string? token, [NotNullWhen(false)] out string? mistake) =>
        TryRead(path, "the token", _ => "is a secret", out token, out mistake);

    private static bool TryRead(
        string path, string what, Func<string, string?> secrecyOf, [NotNullWhen(true)] out string? line, [NotNullWhen(false)] out string? mistake)
    {
        line = null;
        string shown = Shown.As(path, 200);
        try
        {
            string text = File.ReadLines(path).FirstOrDefault("").Trim();
            if (text.Length == 0) mistake = $"{shown} has nothing in its first line; write {what} there";
            else if (secrecyOf(text) is { } secrecy && IsOpenToAll(path))
                mistake = $"{what} in {shown} {secrecy}, and every user of this machine can read the file; "
                    + "chmod o-rw it (in Kubernetes: defaultMode 0440 and an fsGroup)";
            else
            {
                (line, mistake) = (text, null);
                return true;
            }
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            mistake = $"there is no file {shown}; write {what} into its first line";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistake = $"{shown} cannot be read ({Shown.OneLine(refused.Message).TrimEnd('.')}); name a file that has {what} in its first line";
        }
        return false;
    }

    private static bool HasPassword(string address) =>
        SecretWord.HasPassword(address) || (PostgresAddress.TryParse(address, out var parsed, out _) && parsed.HasPassword);
}
