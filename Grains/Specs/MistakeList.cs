using System.Collections.Immutable;

namespace Sweeps.Grains.Specs;

/// <summary>Collects the mistakes of one spec while all of it is read.</summary>
internal sealed class MistakeList
{
    private readonly List<(SpecPlace Place, SpecMistake Mistake)> found = [];

    public int Count => found.Count;

    public void Add(SpecPlace place, string key, string message, string remedy) =>
        found.Add((place, new SpecMistake(place.Source, place.Line, place.Column, key, message, remedy)));

    /// <summary>All mistakes, ordered by place; those found first come first among equals.</summary>
    public ImmutableArray<SpecMistake> InOrder() => [.. found.OrderBy(entry => entry.Place).Select(entry => entry.Mistake)];
}
