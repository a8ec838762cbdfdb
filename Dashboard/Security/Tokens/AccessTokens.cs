using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Sweeps.Dashboard.Security.Tokens;

/// <summary>The tokens that open this dashboard.</summary>
internal sealed class AccessTokens(ImmutableArray<AccessToken> tokens)
{
    /// <summary>Fewer characters could be guessed.</summary>
    public const int ShortestToken = 32;

    public const int LongestToken = 512;

    private const int FreshBytes = 32;

    public int Count => tokens.Length;

    /// <summary>Who presents a token; null if nobody has it. Takes as long wherever, and whether, it is found.</summary>
    public AccessToken? Find(string presented)
    {
        if (presented.Length > LongestToken) return null;
        byte[] hash = HashOf(presented);
        AccessToken? found = null;
        foreach (var token in tokens)
            if (CryptographicOperations.FixedTimeEquals(hash, token.Hash.AsSpan())) found = token;
        return found;
    }

    /// <summary>A token that nobody has had before: 256 random bits in base64url.</summary>
    public static string Fresh() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(FreshBytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
