using Sweeps.Compute.Kernels.EmpiricalSampler;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalSampler;

public class EmpiricalSamplerParityTests
{
    private static readonly EmpiricalSamplerFactory Simd =
        (mixture, blocks, training, n, grid) => new EmpiricalSamplerSimd(mixture, blocks, training, n, grid);

    [Theory]
    [MemberData(nameof(SamplerParity.Cases), MemberType = typeof(SamplerParity))]
    public void Every_step_follows_the_reference(string law, int dimension, int trainingPoints, int samples) =>
        SamplerParity.AssertSteps(Simd, law, dimension, trainingPoints, samples);

    [Fact]
    public void Several_steps_at_once_are_the_same_bits_as_one_by_one() => SamplerParity.AssertPieces(Simd);
}
