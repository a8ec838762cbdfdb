using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Api.Requests;

/// <summary>
/// Reads what stands behind the question mark. Whatever is there, it ends in values or in sentences; <see cref="Mistakes"/> is asked last,
/// for it tells of parameters that nobody has read.
/// </summary>
internal sealed class RequestQuery(IQueryCollection query)
{
    private readonly List<string> mistakes = [];
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A word; null if it is not there.</summary>
    public string? Word(string name)
    {
        known.Add(name);
        if (!query.TryGetValue(name, out var values) || values.Count == 0) return null;
        if (values.Count > 1) Add($"{name} stands there {values.Count} times; name it once");
        return values[0] ?? "";
    }

    /// <summary>One of a few words; null if it is not there.</summary>
    public string? OneOf(string name, params string[] words)
    {
        if (Word(name) is not { } word || words.Contains(word)) return Word(name);
        Add($"{name} is {Shown.As(word)}, not one of {string.Join(", ", words)}; {Suggestion.For(word, words)}");
        return null;
    }

    /// <summary>An integer; null if it is not there.</summary>
    public long? Integer(string name, long minimum, long maximum)
    {
        if (Word(name) is not { } word) return null;
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            && value >= minimum && value <= maximum) return value;
        string most = maximum == long.MaxValue ? "" : $" and at most {maximum}";
        Add($"{name} is {Shown.As(word)}; write an integer of at least {minimum}{most}");
        return null;
    }

    /// <summary>Whether it is there and true.</summary>
    public bool Flag(string name) => OneOf(name, "true", "false") is "true";

    /// <summary>All words of a parameter that may be repeated.</summary>
    public string[] Repeated(string name)
    {
        known.Add(name);
        return query.TryGetValue(name, out var values) ? [.. values.Select(value => value ?? "")] : [];
    }

    /// <summary>Names that are there, and not yet asked for.</summary>
    public IEnumerable<string> Others => query.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal);

    public void Add(string mistake) => mistakes.Add(mistake);

    /// <summary>All that is wrong, parameters that nobody knows included.</summary>
    public string[] Mistakes() =>
    [
        .. mistakes.Distinct(),
        .. Others.Take(10).Select(name => $"there is no parameter {Shown.As(name)}; {Suggestion.For(name, known)}"),
    ];
}
