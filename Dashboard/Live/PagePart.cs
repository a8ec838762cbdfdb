namespace Sweeps.Dashboard.Live;

/// <summary>A part of a page.</summary>
/// <param name="Kind"><see cref="Fragment"/>, or <see cref="Figure"/>.</param>
/// <param name="Name">Id of the element; unique among the parts of a page.</param>
/// <param name="Text">What is in it.</param>
internal sealed record PagePart(string Kind, string Name, string Text)
{
    /// <summary>HTML that takes the place of the element.</summary>
    public const string Fragment = "fragment";

    /// <summary>The figure has more points: their number. Whoever shows it asks for it again.</summary>
    public const string Figure = "figure";
}
