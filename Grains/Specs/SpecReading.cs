using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sweeps.Grains.Specs;

/// <summary>What came of reading a spec: the spec, or every mistake in it, ordered by place.</summary>
public sealed class SpecReading
{
    internal SpecReading(SweepSpec spec) => Spec = spec;

    internal SpecReading(ImmutableArray<SpecMistake> mistakes) => Mistakes = mistakes.IsEmpty
        ? throw new ArgumentException("a spec that was not read has mistakes", nameof(mistakes))
        : mistakes;

    /// <summary>The spec; null if there are mistakes.</summary>
    public SweepSpec? Spec { get; }

    /// <summary>Not empty if and only if <see cref="Spec"/> is null.</summary>
    public ImmutableArray<SpecMistake> Mistakes { get; } = [];

    [MemberNotNullWhen(true, nameof(Spec))]
    public bool IsValid => Spec is not null;
}
