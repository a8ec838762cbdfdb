using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sweeps.Compute.Random;

/// <summary>
/// One random stream: a Philox key and the upper half of its counter, 128 bits in all, taken from SHA-256 over (seed, the point's canonical keys,
/// purpose). Replica and substream are mixed into the upper half by exclusive or, so a point needs one hash per purpose and 2⁶⁴ streams come of it,
/// each 2⁶⁴ counters long. Equal inputs give equal streams on every machine.
/// </summary>
public readonly record struct RandomStream(uint Key0, uint Key1, uint Upper0, uint Upper1)
{
    /// <summary>The stream of a point for a purpose.</summary>
    /// <param name="seed">Seed of the sweep.</param>
    /// <param name="point">Canonical <c>name=value</c> lines of the point.</param>
    /// <param name="purpose">What the numbers are for; different words give independent streams.</param>
    public static RandomStream Of(long seed, string point, string purpose)
    {
        byte[] text = Encoding.UTF8.GetBytes(FormattableString.Invariant($"seed={seed}\n{point}purpose={purpose}\n"));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return new(Word(hash, 0), Word(hash, 1), Word(hash, 2), Word(hash, 3));

        static uint Word(ReadOnlySpan<byte> hash, int i) => BinaryPrimitives.ReadUInt32LittleEndian(hash[(4 * i)..]);
    }

    /// <summary>The stream of one replica (sample block, batch) and, within it, of one substream (a branch).</summary>
    public RandomStream At(uint replica, uint substream = 0) => this with { Upper0 = Upper0 ^ replica, Upper1 = Upper1 ^ substream };

    /// <summary>The four words of counter <paramref name="index"/>.</summary>
    public (uint W0, uint W1, uint W2, uint W3) Words(ulong index) =>
        Philox4x32.Words((uint)index, (uint)(index >> 32), Upper0, Upper1, Key0, Key1);

    /// <summary>Word <paramref name="index"/> of the stream: word <c>index mod 4</c> of counter <c>index / 4</c>.</summary>
    public uint Word(ulong index)
    {
        var (w0, w1, w2, w3) = Words(index >> 2);
        return (index & 3) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
    }

    /// <summary>A uniform in (0, 1) from word <paramref name="index"/>.</summary>
    public double Uniform(ulong index) => ToUniform(Word(index));

    /// <summary>(word + ½) 2⁻³².</summary>
    public static double ToUniform(uint word) => (word + 0.5) * 2.3283064365386963e-10;
}
