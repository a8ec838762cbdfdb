namespace Sweeps.Grains.Specs;

/// <summary>The words by which messages call the shapes of a spec.</summary>
internal static class Kinds
{
    public static string Of(SpecNode node) => node switch
    {
        ListNode => "a list",
        MapNode => "a mapping",
        ScalarNode scalar when CoreScalar.MeaningOf(scalar) is ScalarMeaning.Null => "nothing",
        _ => "a single value",
    };
}
