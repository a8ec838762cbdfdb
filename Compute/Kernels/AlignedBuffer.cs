using System.Runtime.InteropServices;

namespace Sweeps.Compute.Kernels;

/// <summary>Floats at a 64-byte boundary, outside the collected heap; large ones on huge pages where the system has them.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private void* memory;

    /// <param name="length">Floats, ≥ 0.</param>
    /// <param name="zeroes">Whether they are zero at first; if not, whoever asks writes before reading.</param>
    public AlignedBuffer(long length, bool zeroes = true)
    {
        Length = length;
        nuint bytes = (nuint)Math.Max(1, length) * sizeof(float);
        bool isLarge = bytes >= 2 * HugePages.Size;
        memory = NativeMemory.AlignedAlloc(bytes, isLarge ? (nuint)HugePages.Size : 64);
        if (isLarge) HugePages.Advise(memory, bytes);
        if (zeroes) NativeMemory.Clear(memory, bytes);
    }

    ~AlignedBuffer() => Free();

    public long Length { get; }

    public float* Pointer => (float*)memory;

    public Span<float> Span => new(memory, checked((int)Length));

    /// <summary>Sets all to zero.</summary>
    public void Clear() => NativeMemory.Clear(memory, (nuint)Length * sizeof(float));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (memory is not null) NativeMemory.AlignedFree(memory);
        memory = null;
    }
}
