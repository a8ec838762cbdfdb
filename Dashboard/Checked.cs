using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sweeps.Dashboard;

/// <summary>A value, or the sentences that say why the request for it is wrong.</summary>
internal sealed class Checked<T>
    where T : class
{
    private Checked(T? value, ImmutableArray<string> mistakes) => (Value, Mistakes) = (value, mistakes);

    public T? Value { get; }

    /// <summary>One sentence per mistake; empty if and only if there is a value.</summary>
    public ImmutableArray<string> Mistakes { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsRight => Value is not null;

    public static Checked<T> Right(T value) => new(value, []);

    public static Checked<T> Wrong(params IEnumerable<string> mistakes) => new(null, [.. mistakes]);
}
