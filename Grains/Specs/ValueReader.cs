using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Specs;

/// <summary>Reads one value of a key, and holds it against what the experiment allows.</summary>
internal static class ValueReader
{
    // Above 2^53 a real cannot tell neighbouring integers apart, so 1e16 does not say which one is meant.
    private const double LargestExactInteger = 9007199254740992;

    /// <summary>The value; null if it is a mistake, which is then in the list.</summary>
    public static KeyValue? Read(ExperimentKey key, SpecNode node, MistakeList mistakes) => node switch
    {
        ScalarNode scalar when key.Kind is KeyKind.Choice => ReadWord(key, scalar, mistakes),
        ScalarNode scalar => ReadNumber(key, scalar, mistakes),
        BrokenNode => null,
        _ => Refuse(key, node, $"{key.Name} has {Kinds.Of(node)} where one value belongs", "write one value", mistakes),
    };

    private static KeyValue? ReadWord(ExperimentKey key, ScalarNode scalar, MistakeList mistakes)
    {
        if (key.Choices.Contains(scalar.Text)) return KeyValue.Of(scalar.Text);
        return scalar.IsPlain && scalar.Text.Length == 0
            ? Refuse(key, scalar, $"{key.Name} has no value", $"write one of {string.Join(", ", key.Choices)}", mistakes)
            : Refuse(key, scalar, $"{key.Name} cannot be {Shown.As(scalar.Text)}", Suggestion.For(scalar.Text, key.Choices), mistakes);
    }

    private static KeyValue? ReadNumber(ExperimentKey key, ScalarNode scalar, MistakeList mistakes)
    {
        string wanted = key.Kind is KeyKind.Integer ? "an integer" : "a number";
        switch (CoreScalar.MeaningOf(scalar))
        {
            case ScalarMeaning.Null:
                return Refuse(key, scalar, $"{key.Name} has no value", $"write {wanted}, or leave {key.Name} out for its default",
                    mistakes);
            case ScalarMeaning.NotFinite:
                return Refuse(key, scalar, $"{key.Name} is {scalar.Text}, which is not finite", $"write {wanted} {KeyRange.Of(key)}",
                    mistakes);
            case ScalarMeaning.Integer or ScalarMeaning.Real:
                break;
            default:
                string remedy = scalar.IsPlain ? $"write {wanted}" : $"write {wanted}, without quotes";
                return Refuse(key, scalar, $"{key.Name} is {Shown.As(scalar.Text)}, not {wanted}", remedy, mistakes);
        }

        double real = CoreScalar.ToReal(scalar.Text);
        if (!double.IsFinite(real)) return TooLarge(key, scalar, mistakes);
        if (real < key.Minimum || real > key.Maximum || (key.MinimumIsExclusive && real == key.Minimum))
            return Refuse(key, scalar, $"{key.Name} is {Shown.As(scalar.Text)}, out of range", $"write {wanted} {KeyRange.Of(key)}",
                mistakes);
        if (key.Kind is KeyKind.Real) return KeyValue.Of(real == 0 ? 0.0 : real); // −0 is 0

        if (CoreScalar.MeaningOf(scalar) is ScalarMeaning.Integer)
            return CoreScalar.ToInteger(scalar.Text) is { } integer ? KeyValue.Of(integer) : TooLarge(key, scalar, mistakes);
        if (Math.Abs(real) > LargestExactInteger) return TooLarge(key, scalar, mistakes);
        return double.IsInteger(real)
            ? KeyValue.Of((long)real)
            : Refuse(key, scalar, $"{key.Name} is {Shown.As(scalar.Text)}, not an integer", "write an integer", mistakes);
    }

    private static KeyValue? TooLarge(ExperimentKey key, ScalarNode scalar, MistakeList mistakes) =>
        Refuse(key, scalar, $"{key.Name} is {Shown.As(scalar.Text)}, beyond what 64 bits hold", "write a smaller number, in full digits",
            mistakes);

    private static KeyValue? Refuse(ExperimentKey key, SpecNode node, string message, string remedy, MistakeList mistakes)
    {
        mistakes.Add(node.Place, key.Name, message, remedy);
        return null;
    }
}
