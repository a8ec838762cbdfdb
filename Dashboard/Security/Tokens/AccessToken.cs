using System.Collections.Immutable;

namespace Sweeps.Dashboard.Security.Tokens;

/// <summary>What is kept of a token: enough to know it again, too little to show it.</summary>
/// <param name="Role">What it is good for.</param>
/// <param name="Name">Whose it is, for the log.</param>
/// <param name="Hash">SHA-256 of the token.</param>
internal sealed record AccessToken(AccessRole Role, string Name, ImmutableArray<byte> Hash);
