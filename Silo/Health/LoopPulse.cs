namespace Sweeps.Silo.Health;

/// <summary>A loop's sign of life: each time it comes round it says so, and it says beforehand when it will wait for longer than
/// usual.</summary>
/// <param name="name">For the log and for whoever asks.</param>
/// <param name="period">How long a round takes.</param>
/// <param name="time">The clock.</param>
/// <param name="ended">Told once the loop is over.</param>
internal sealed class LoopPulse(string name, TimeSpan period, TimeProvider time, Action<LoopPulse> ended) : IDisposable
{
    /// <summary>Rounds that may be missed.</summary>
    public const int Patience = 3;

    private long expectedBy = long.MaxValue;

    public string Name => name;

    /// <summary>Whether it ought to have come round by now, three times over.</summary>
    public bool IsLate => time.GetTimestamp() > Volatile.Read(ref expectedBy);

    /// <summary>The loop has come round.</summary>
    public void Turn() => Expect(TimeSpan.Zero);

    /// <summary>The loop has come round, and may now be away for so long beyond its period.</summary>
    public void Expect(TimeSpan away) =>
        Volatile.Write(ref expectedBy, time.GetTimestamp() + (long)((away + Patience * period).TotalSeconds * time.TimestampFrequency));

    /// <summary>The loop waits for what takes as long as it takes.</summary>
    public void Rest() => Volatile.Write(ref expectedBy, long.MaxValue);

    /// <summary>The loop has ended: nobody watches it any more.</summary>
    public void Dispose() => ended(this);
}
