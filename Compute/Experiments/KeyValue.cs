using System.Globalization;

namespace Sweeps.Compute.Experiments;

/// <summary>The value of one key at one point: an integer, a real, a word, or nothing (a key without effect there).</summary>
public readonly record struct KeyValue
{
    private readonly long integer;
    private readonly double real;

    private KeyValue(KeyKind kind, long integer, double real, string? word)
    {
        Kind = kind;
        this.integer = integer;
        this.real = real;
        Word = word;
    }

    /// <summary>The absent value: the key has no effect at this point.</summary>
    public static KeyValue Null => default;

    /// <summary>Kind of the value; null for the absent value.</summary>
    public KeyKind? Kind { get; }

    public bool IsNull => Kind is null;

    /// <summary>The word of a <see cref="KeyKind.Choice"/>, else null.</summary>
    public string? Word { get; }

    public static KeyValue Of(long value) => new(KeyKind.Integer, value, value, null);

    public static KeyValue Of(double value) => new(KeyKind.Real, 0, value, null);

    public static KeyValue Of(string word) => new(KeyKind.Choice, 0, double.NaN, word);

    /// <exception cref="InvalidOperationException">The value is no integer.</exception>
    public long AsInteger() => Kind is KeyKind.Integer ? integer : throw new InvalidOperationException($"'{this}' is not an integer");

    /// <summary>The value as a real; integers convert.</summary>
    /// <exception cref="InvalidOperationException">The value is no number.</exception>
    public double AsReal() => Kind is KeyKind.Integer or KeyKind.Real ? real : throw new InvalidOperationException($"'{this}' is not a number");

    /// <exception cref="InvalidOperationException">The value is no word.</exception>
    public string AsWord() => Word ?? throw new InvalidOperationException($"'{this}' is not a word");

    /// <summary>
    /// Canonical text, the same on every machine: integers in decimal, reals in shortest round-trip form, words as they are, <c>null</c> for the
    /// absent value. Stream keys and comparisons of specs are made of it, so it never changes.
    /// </summary>
    public override string ToString() => Kind switch
    {
        KeyKind.Integer => integer.ToString(CultureInfo.InvariantCulture),
        KeyKind.Real => real.ToString("R", CultureInfo.InvariantCulture),
        KeyKind.Choice => Word!,
        _ => "null",
    };
}
