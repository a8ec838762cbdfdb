using System.Globalization;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// A network namespace for silos, with a link to this machine's that can be cut: what is sent then vanishes, and nobody is told.
/// </summary>
internal sealed class SiloNetwork : IAsyncDisposable
{
    private readonly MachineChange change;

    private SiloNetwork(string name, string host, string range, MachineChange change) =>
        (Name, Host, Range, this.change) = (name, host, range, change);

    public string Name { get; }

    /// <summary>This machine's address, as silos there see it.</summary>
    public string Host { get; }

    /// <summary>All addresses of the link.</summary>
    public string Range { get; }

    /// <summary>A command that runs another there.</summary>
    public string[] Enter => ["ip", "netns", "exec", Name];

    public static async Task<SiloNetwork> MakeAsync()
    {
        // Another run of these tests on this machine has another number, so other names and addresses.
        int own = Environment.ProcessId;
        string name = string.Create(CultureInfo.InvariantCulture, $"sweeps-{own}");
        string link = string.Create(CultureInfo.InvariantCulture, $"sw{own}");
        string net = string.Create(CultureInfo.InvariantCulture, $"10.{213 + (own >> 14 & 7)}.{own >> 6 & 255}.");
        int first = (own & 63) * 4;
        string At(int offset) => string.Create(CultureInfo.InvariantCulture, $"{net}{first + offset}");
        var change = await MachineChange.MakeAsync(
            $"ip netns add {name}; ip link add {link}h type veth peer name {link}n netns {name}; ip addr add {At(1)}/30 dev {link}h; "
                + $"ip link set {link}h up; ip -n {name} addr add {At(2)}/30 dev {link}n; ip -n {name} link set {link}n up; "
                + $"ip -n {name} link set lo up",
            $"ip link del {link}h; ip netns del {name}");
        return new(name, At(1), $"{At(0)}/30", change);
    }

    /// <summary>Both ways.</summary>
    public Task CutAsync() => DropAsync("input", "output");

    /// <summary>What silos send arrives; answers do not.</summary>
    public Task LoseAnswersAsync() => DropAsync("input");

    public Task MendAsync() => change.DoAsync($"ip netns exec {Name} nft delete table inet cut");

    public ValueTask DisposeAsync() => change.DisposeAsync();

    private Task DropAsync(params string[] hooks)
    {
        var chains = hooks.Select(hook => $"add chain inet cut {hook} {{ type filter hook {hook} priority 0; policy drop; }}");
        return change.DoAsync($"ip netns exec {Name} nft 'add table inet cut; {string.Join("; ", chains)}'");
    }
}
