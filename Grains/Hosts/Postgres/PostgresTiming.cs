namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>How long silence may last.</summary>
/// <param name="LostAfter">A silo that was not heard of for so long is lost, and its chunks are others'.</param>
/// <param name="Lease">A chunk whose lease was not renewed for so long is another's, though its silo lives.</param>
public sealed record PostgresTiming(TimeSpan LostAfter, TimeSpan Lease)
{
    /// <summary>How long a term lasts: its holder is gone from the business well before it counts as lost.</summary>
    public TimeSpan Term => LostAfter / 2;

    /// <summary>The timing of a silo that counts as lost after so long; leases last six times as long, a minute at least.</summary>
    public static PostgresTiming Of(TimeSpan lostAfter) => new(lostAfter, TimeSpan.FromSeconds(Math.Max(60, 6 * lostAfter.TotalSeconds)));
}
