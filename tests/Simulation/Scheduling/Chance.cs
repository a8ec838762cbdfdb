using Sweeps.Compute.Random;

namespace Sweeps.Simulation.Scheduling;

/// <summary>The luck of one seed: words of a counter-based stream, one after the other.</summary>
internal sealed class Chance(long seed)
{
    private readonly RandomStream stream = RandomStream.Of(seed, "", "simulation");
    private ulong next;

    public uint Word() => stream.Word(next++);

    /// <summary>A uniform in (0, 1).</summary>
    public double Uniform() => RandomStream.ToUniform(Word());

    /// <summary>From 0 up to, not including, <paramref name="end"/>.</summary>
    public int Below(int end) => (int)((ulong)Word() * (ulong)end >> 32);

    /// <summary>From <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    public bool Happens(double probability) => probability > 0 && Uniform() < probability;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>A time between two, in seconds, each order of magnitude as likely as the next.</summary>
    public double Seconds(double shortest, double longest) => shortest * Math.Pow(longest / shortest, Uniform());
}
