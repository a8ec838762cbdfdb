using System.Collections.Concurrent;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>The statements: one to a file, named as the file without its end.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Of(string name) => Known.GetOrAdd(name, Read);

    /// <summary>The numbered migrations in order: number, name and text.</summary>
    public static IEnumerable<(int Number, string Name, string Text)> Migrations() =>
        from resource in typeof(SqlText).Assembly.GetManifestResourceNames()
        where resource.Length > 5 && resource[4] == '-' && resource[..4].All(char.IsAsciiDigit) && resource.EndsWith(".sql", StringComparison.Ordinal)
        orderby resource
        select (int.Parse(resource[..4], System.Globalization.CultureInfo.InvariantCulture), resource[..^4], Of(resource[..^4]));

    private static string Read(string name)
    {
        using Stream text = typeof(SqlText).Assembly.GetManifestResourceStream(name + ".sql")
            ?? throw new ArgumentException($"there is no statement {name}", nameof(name));
        using StreamReader reader = new(text);
        return reader.ReadToEnd();
    }
}
