namespace Sweeps.Dashboard.Security.Limits;

/// <summary>How much may be asked: a whole group behind one address works without noticing, a runaway script does not.</summary>
internal sealed record RequestLimits
{
    /// <summary>Bytes of a request's body: a spec has kilobytes.</summary>
    public long BodyBytes { get; init; } = 1 << 20;

    /// <summary>Reads of one address: at once, and from then on in a second.</summary>
    public RequestRate Reads { get; init; } = new(2000, 200);

    /// <summary>Requests of one address that change something.</summary>
    public RequestRate Writes { get; init; } = new(60, 2);

    /// <summary>Streams of events that are open at once.</summary>
    public int Streams { get; init; } = 1000;

    /// <summary>Of one address.</summary>
    public int StreamsOfAddress { get; init; } = 500;

    /// <summary>Wrong tokens in <see cref="FailuresIn"/>, from one address and from all, before no more are looked at.</summary>
    public int FailuresOfAddress { get; init; } = 10;

    public int Failures { get; init; } = 1000;

    public TimeSpan FailuresIn { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>A bucket of requests.</summary>
/// <param name="AtOnce">What it holds.</param>
/// <param name="PerSecond">What flows in.</param>
internal sealed record RequestRate(int AtOnce, int PerSecond);
