using System.Diagnostics;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>A test that changes this machine: skipped, and said why, where it may not or a program for it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class MachineFactAttribute : FactAttribute
{
    /// <param name="trial">Shell commands that leave nothing behind.</param>
    /// <param name="what">What they try, in words.</param>
    /// <param name="thorough">Not with every change: see <see cref="ChaosScale"/>.</param>
    protected MachineFactAttribute(string trial, string what, bool thorough = false)
    {
        if (thorough && ChaosScale.Skip is { } tooLong) Skip = tooLong;
        else if (!Environment.IsPrivilegedProcess) Skip = $"{what}: only root may";
        else if (Complaint(trial) is { } complaint) Skip = $"{what}: not on this machine ({complaint})";
    }

    private static string? Complaint(string trial)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec 2>&1; {trial}"]) { RedirectStandardOutput = true })!;
        string said = shell.StandardOutput.ReadToEnd().Trim().ReplaceLineEndings("; ");
        shell.WaitForExit();
        return shell.ExitCode == 0 ? null : said.Length > 0 ? said : "no reason given";
    }
}

/// <summary>Needs network namespaces and rules that drop packets (iproute2, nftables).</summary>
/// <param name="thorough">Not with every change: see <see cref="ChaosScale"/>.</param>
internal sealed class NetworkFactAttribute(bool thorough = false) : MachineFactAttribute(
    "command -v ip >/dev/null || { echo no ip; exit 1; }; command -v nft >/dev/null || { echo no nft; exit 1; }; "
        + "unshare -n sh -ec 'ip link add trial type veth peer name other; nft add table inet trial'",
    "making network namespaces",
    thorough);

/// <summary>Needs file systems in memory, also in a mount namespace.</summary>
/// <param name="thorough">Not with every change: see <see cref="ChaosScale"/>.</param>
internal sealed class MountFactAttribute(bool thorough = false) : MachineFactAttribute(
    "command -v nsenter >/dev/null || { echo no nsenter; exit 1; }; unshare -m sh -ec 'mount -t tmpfs -o size=4k trial /mnt'",
    "mounting file systems",
    thorough);
