/* One step of the reverse process under the empirical score (IEmpiricalSampler.cs). */
#include "Kernels/EmpiricalScore/ScoreFrame.cl"
#include "Random/Normals.cl"

/* x <- M x + G mean + spread z on [block][d][32], in place: a thread has both coordinates of a pair, or a single one, of one sample.
   Matrices are M and G by rows, [4][d]; z of block b and coordinate i is group first_group + b d + i of the stream. */
KERNEL(empirical_step, 128)(
    GLOBAL float* RESTRICT x, GLOBAL const float* RESTRICT means, GLOBAL const float* RESTRICT matrices, U64 first_group, U64 threads,
    float spread, int dimension, int pairs, U32 key0, U32 key1, U32 upper0, U32 upper1)
{
    U64 thread = (U64)GROUP_ID(0) * 128u + (U64)LOCAL_ID;
    if (thread >= threads) return;
    U32 units = (U32)(dimension - pairs);
    U64 block = (thread >> 5) / units;
    int unit = (int)((thread >> 5) % units), lane = (int)(thread & 31u), k = unit < pairs ? 2 * unit : unit + pairs;
    Stream stream = stream_of(key0, key1, upper0, upper1);
    U64 group = block * (U64)dimension + (U64)k, at = group * 32u + (U64)lane;
    U64 normal = (first_group + group) * 32u + (U64)lane;
    GLOBAL const float* stay = matrices;
    GLOBAL const float* pull = matrices + 2 * dimension;
    int paired = unit < pairs;
    float x0 = x[at], x1 = paired ? x[at + 32u] : 0.0f, mean0 = means[at], mean1 = paired ? means[at + 32u] : 0.0f;
    x[at] = FMA(spread, normal_of(stream, normal), block_row(stay, dimension, k, x0, x1) + block_row(pull, dimension, k, mean0, mean1));
    if (paired)
        x[at + 32u] = FMA(
            spread, normal_of(stream, normal + 32u),
            block_row(stay, dimension, k + 1, x1, x0) + block_row(pull, dimension, k + 1, mean1, mean0));
}
