using Sweeps.Dashboard.Security.Tokens;

namespace Sweeps.Dashboard.Security.Browsers;

/// <summary>
/// Browsers that have signed in, in memory: when the process ends, so do they. A browser holds a random id and never the token; here is the
/// id's hash, so that neither a copy of this memory nor the time of a search is of use to anybody.
/// </summary>
internal sealed class BrowserSessions(TimeProvider clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private const int Most = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, BrowserSession> sessions = new(StringComparer.Ordinal);

    /// <summary>Lets a browser in.</summary>
    /// <returns>The id for its cookie.</returns>
    public string Begin(AccessToken token)
    {
        string id = AccessTokens.Fresh();
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (sessions.Count >= Most) MakeRoom(now);
            sessions[KeyOf(id)] = new(token, now + Longest);
        }
        return id;
    }

    /// <summary>Null if there is no such session, or no longer.</summary>
    public BrowserSession? Find(string id)
    {
        if (id.Length > AccessTokens.LongestToken) return null;
        string key = KeyOf(id);
        lock (gate)
        {
            if (!sessions.TryGetValue(key, out var session)) return null;
            if (session.Until > clock.GetUtcNow()) return session;
            sessions.Remove(key);
            return null;
        }
    }

    public void End(string id)
    {
        if (id.Length > AccessTokens.LongestToken) return;
        lock (gate) sessions.Remove(KeyOf(id));
    }

    private static string KeyOf(string id) => Convert.ToHexString(AccessTokens.HashOf(id));

    // Those that are over; if there are none, those that would be over first.
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (key, _) in sessions.Where(each => each.Value.Until <= now).ToArray()) sessions.Remove(key);
        if (sessions.Count < Most) return;
        foreach (var (key, _) in sessions.OrderBy(each => each.Value.Until).Take(Most / 10).ToArray()) sessions.Remove(key);
    }
}
