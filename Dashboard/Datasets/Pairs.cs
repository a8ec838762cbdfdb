using System.Collections.Immutable;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Datasets;

/// <summary><c>KEY=VALUE</c> on a command line.</summary>
internal static class Pairs
{
    /// <param name="words">What the user wrote.</param>
    /// <param name="before">What stands before each on the command line (<c>--set</c>), for messages.</param>
    /// <param name="pairs">The pairs, in order.</param>
    /// <returns>A sentence per word that is no pair.</returns>
    public static ImmutableArray<string> Split(
        IEnumerable<string>? words, string before, out ImmutableArray<(string Key, string Value)> pairs)
    {
        var found = ImmutableArray.CreateBuilder<(string, string)>();
        var mistakes = ImmutableArray.CreateBuilder<string>();
        foreach (string word in words ?? [])
        {
            int equals = word.IndexOf('=');
            if (equals > 0) found.Add((word[..equals].Trim(), word[(equals + 1)..].Trim()));
            else mistakes.Add($"{before}{Shown.As(word)} is not KEY=VALUE; write for example {before}separation=1.5");
        }
        pairs = found.ToImmutable();
        return mistakes.ToImmutable();
    }
}
