using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Specs;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Specs;

/// <summary>Whatever the text, reading ends in a spec or in mistakes.</summary>
public class SpecFuzzTests
{
    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", ":", ": ", ",", "- ", "-", "\n", "\n  ", "\t", "#", "&a ", "*a", "!", "!!int ", "|", ">", "'", "\"", "\\",
        "\\x", "\\uD800", "\\UFFFFFFFF",
        "%YAML 1.2", "---", "...", "<<", "?", "@", "`", "~", "null", ".nan", ".inf", "1e999", "-0", "0x", "0xFFFFFFFFFFFFFFFFFF", "0o9",
        "99999999999999999999",
        "\0", "\uFEFF", "\uD800", "\u0085", "\u2028", "𝛾", "from", "count", "log_from", "axes", "fixed", "name", "\r", "\r\n", "true",
        "[[[[[[[[[[[[[[[[[[", "{{{{{{",
    ];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements(Pieces).ListOf().Select(string.Concat));

    [Fact]
    public void Any_text_reads_without_an_exception() =>
        Prop.ForAll(AnyText.ToArbitrary(), text => EndsInSpecOrMistakes(SpecText.Read(text)))
            .Check(Repeatable.Runs.WithMaxTest(3000));

    [Fact]
    public void A_damaged_spec_reads_without_an_exception() =>
        Prop.ForAll(Damaged(SpecText.Example).ToArbitrary(), text => EndsInSpecOrMistakes(SpecText.Read(text)))
            .Check(Repeatable.Runs.WithMaxTest(5000));

    [Fact]
    public void Any_override_reads_without_an_exception()
    {
        var keys = Gen.OneOf(AnyText,
            Gen.Elements("drift", "samples", "name", "seed", "times", "measure", "experiment", "schedule", "axes", ""));
        var overrides = keys.Zip(AnyText).ListOf();
        Prop.ForAll(overrides.ToArbitrary(),
            pairs => EndsInSpecOrMistakes(SpecText.Read(SpecText.Example, [.. pairs.Select(pair => (pair.Item1, pair.Item2))])))
            .Check(Repeatable.Runs.WithMaxTest(2000));
    }

    [Fact]
    public void Damaged_json_reads_without_an_exception()
    {
        string json = SpecText.Spec(SpecText.Example).ToJson();
        Prop.ForAll(Damaged(json).ToArbitrary(),
            text => EndsInSpecOrMistakes(SweepSpec.FromJson(text, "sweep.json", FakeMixture.Catalogue)))
            .Check(Repeatable.Runs.WithMaxTest(5000));
    }

    // One to four cuts, doublings or insertions anywhere.
    private static Gen<string> Damaged(string text)
    {
        var change = from place in Gen.Choose(0, text.Length)
                     from length in Gen.Choose(0, 12)
                     from piece in Gen.Elements(Pieces)
                     from kind in Gen.Choose(0, 2)
                     select (place, length, piece, kind);
        return change.NonEmptyListOf().Select(changes => changes.Take(4).Aggregate(text, (current, damage) =>
        {
            int place = Math.Min(damage.place, current.Length), end = Math.Min(place + damage.length, current.Length);
            return damage.kind switch
            {
                0 => current[..place] + current[end..],
                1 => current[..end] + current[place..],
                _ => current[..place] + damage.piece + current[place..],
            };
        }));
    }

    private static bool EndsInSpecOrMistakes(SpecReading reading)
    {
        bool said = reading.Mistakes
            .All(mistake => mistake.Message.Length > 0 && mistake.Remedy.Length > 0 && !mistake.ToString().Any(char.IsControl));
        return said && reading.IsValid == reading.Mistakes.IsEmpty;
    }
}
