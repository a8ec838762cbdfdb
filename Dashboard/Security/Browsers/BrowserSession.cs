using Sweeps.Dashboard.Security.Tokens;

namespace Sweeps.Dashboard.Security.Browsers;

/// <summary>A browser that has signed in.</summary>
/// <param name="Token">With which.</param>
/// <param name="Until">When it has to do so again.</param>
internal sealed record BrowserSession(AccessToken Token, DateTimeOffset Until);
