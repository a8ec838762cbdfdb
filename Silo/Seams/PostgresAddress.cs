using System.Diagnostics.CodeAnalysis;

namespace Sweeps.Grains.Hosts.Postgres;

// Stands here until the PostgreSQL host in Grains has its own: then this file goes.
internal sealed class PostgresAddress
{
    private readonly Uri uri;

    private PostgresAddress(Uri uri) => this.uri = uri;

    public bool HasPassword => uri.UserInfo.Contains(':', StringComparison.Ordinal);

    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresAddress? address, [NotNullWhen(false)] out string? mistake)
    {
        bool right = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "postgresql" or "postgres";
        (address, mistake) = right
            ? (new PostgresAddress(uri!), null)
            : ((PostgresAddress?)null, "this is no address of a database; write postgresql://USER@HOST/DATABASE");
        return right;
    }

    public override string ToString() => $"postgresql://{uri.UserInfo.Split(':')[0]}@{uri.Authority.Split('@')[^1]}{uri.AbsolutePath}";
}
