using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

public unsafe class HostStagingTests
{
    [Fact]
    public void Pieces_lie_apart_until_the_memory_is_full_and_it_has_been_waited_for()
    {
        var memory = new byte[1024];
        int waits = 0;
        fixed (byte* m = memory)
        {
            var staging = new HostStaging(m, memory.Length, () => waits++);
            var offsets = new List<(long Offset, int Length, int Waits)>();
            foreach (int length in new[] { 1, 255, 257, 300, 1024, 5 })
            {
                int taken = staging.Take(Enumerable.Repeat((byte)length, length).ToArray(), out byte* piece);
                offsets.Add((piece - m, taken, waits));
                Assert.All(new Span<byte>(piece, taken).ToArray(), b => Assert.Equal((byte)length, b));
            }
            Assert.Equal([(0, 1, 0), (256, 255, 0), (512, 257, 0), (0, 300, 1), (0, 1024, 2), (0, 5, 3)], offsets);
        }
    }

    [Fact]
    public void What_is_larger_than_the_memory_goes_in_pieces()
    {
        var memory = new byte[512];
        int waits = 0;
        fixed (byte* m = memory)
        {
            var staging = new HostStaging(m, memory.Length, () => waits++);
            Assert.Equal(512, staging.Take(new byte[1000], out _));
            Assert.Equal(488, staging.Take(new byte[488], out _));
            Assert.Equal(1, waits);
        }
    }
}
