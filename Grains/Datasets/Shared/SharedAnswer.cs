namespace Sweeps.Grains.Datasets.Shared;

/// <summary>What came of something that a silo was told to do with a dataset.</summary>
public abstract record SharedAnswer<T>
{
    private SharedAnswer()
    {
    }

    public sealed record Done(T Value) : SharedAnswer<T>;

    /// <summary>It must not, or cannot, be done here.</summary>
    /// <param name="Sentence">Why, and what to do.</param>
    public sealed record Refused(string Sentence) : SharedAnswer<T>;
}
