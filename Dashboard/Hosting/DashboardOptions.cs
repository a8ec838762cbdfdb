using System.Net;

namespace Sweeps.Dashboard.Hosting;

/// <summary>Where and for whom pages and API are served.</summary>
/// <param name="Address">Where to listen; port 0 for any.</param>
internal sealed record DashboardOptions(IPEndPoint Address);
