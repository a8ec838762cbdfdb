using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sweeps.Dashboard.Security.Limits;
using Sweeps.Dashboard.Security.Tokens;

namespace Sweeps.Dashboard.Hosting;

/// <summary>Where and for whom pages and API are served.</summary>
/// <param name="Address">Where to listen; port 0 for any.</param>
internal sealed record DashboardOptions(IPEndPoint Address)
{
    /// <summary>Who may; null for whoever works at this machine, which <see cref="Address"/> must not leave then.</summary>
    public AccessTokens? Tokens { get; init; }

    /// <summary>Names by which it is reached, beside this machine's own.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Proxies of other machines that speak for their clients; those of this one may anyway.</summary>
    public ImmutableArray<IPNetwork> Proxies { get; init; } = [];

    /// <summary>With which it encrypts, the authorities that signed it behind it; empty for no encryption.</summary>
    public X509Certificate2Collection Certificates { get; init; } = [];

    /// <summary>Whether tokens can be read on their way: other machines send them, and nothing is known to encrypt.</summary>
    public bool ShowsTokens => Tokens is not null && !IPAddress.IsLoopback(Address.Address) && Certificates.Count == 0 && Proxies.IsEmpty;

    public RequestLimits Limits { get; init; } = new();

    /// <summary>Hears a line when somebody changes something, or something goes wrong; on any thread.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
