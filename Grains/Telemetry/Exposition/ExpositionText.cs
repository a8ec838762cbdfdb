using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sweeps.Grains.Telemetry.Exposition;

/// <summary>UTF-8 on its way to an output, some kilobytes at a time.</summary>
/// <param name="output">Where it goes; complete after <see cref="End"/>.</param>
internal ref struct ExpositionText(IBufferWriter<byte> output)
{
    private const int Piece = 16384;

    // Longest of a number: a double's 24 letters, or a long's 20.
    private const int LongestNumber = 32;

    private Span<byte> free;
    private int used;

    public void Append(scoped ReadOnlySpan<byte> bytes)
    {
        if (free.Length - used < bytes.Length) Renew(bytes.Length);
        bytes.CopyTo(free[used..]);
        used += bytes.Length;
    }

    public void Append(byte one)
    {
        if (free.Length == used) Renew(1);
        free[used++] = one;
    }

    public void Append(string text)
    {
        int longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (free.Length - used < longest) Renew(longest);
        used += Encoding.UTF8.GetBytes(text, free[used..]);
    }

    public void Append(long number)
    {
        if (free.Length - used < LongestNumber) Renew(LongestNumber);
        number.TryFormat(free[used..], out int written, default, CultureInfo.InvariantCulture);
        used += written;
    }

    /// <summary>The shortest text that reads back as the same number.</summary>
    public void Append(double number)
    {
        if (double.IsNaN(number)) Append("NaN"u8);
        else if (double.IsPositiveInfinity(number)) Append("+Inf"u8);
        else if (double.IsNegativeInfinity(number)) Append("-Inf"u8);
        else
        {
            if (free.Length - used < LongestNumber) Renew(LongestNumber);
            number.TryFormat(free[used..], out int written, default, CultureInfo.InvariantCulture);
            used += written;
        }
    }

    /// <summary>Hands over what is left.</summary>
    public void End()
    {
        output.Advance(used);
        free = default;
        used = 0;
    }

    private void Renew(int needed)
    {
        if (used > 0) output.Advance(used);
        free = output.GetSpan(Math.Max(needed, Piece));
        used = 0;
    }
}
