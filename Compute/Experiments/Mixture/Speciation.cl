/* What SpeciationSimulation.cs measures on the reverse runs of ReverseSampler.cl, and the sums of SpeciationTally.cs. */
#include "Kernels/VectorMath.cl"

/* sech^2 y and the entropy of the class at grid index observed[first + GROUP_ID(1)], from a trace that begins at grid index `from`. */
KERNEL(observe, 128)(
    GLOBAL float* RESTRICT sech2, GLOBAL float* RESTRICT entropy, GLOBAL const float* RESTRICT trace, GLOBAL const int* RESTRICT observed,
    int first, int from, int samples)
{
    int sample = GROUP_ID(0) * 128 + LOCAL_ID, row = first + GROUP_ID(1);
    U64 to = (U64)row * (U64)samples + (U64)sample;
    float y = trace[(U64)(from - observed[row]) * (U64)samples + (U64)sample];
    float e = exp_of_minus_twice_absolute(y);
    float sum = 1.0f + e, minor = e / sum;
    sech2[to] = 4.0f * minor / sum;
    entropy[to] = log_of(sum) + (ABS(y) + ABS(y)) * minor;
}

/* Leaves the sum over the group in parts[0]. */
DEVICE_FUNCTION void add_up_parts(LOCAL U64* parts, U64 part)
{
    parts[LOCAL_ID] = part;
    BARRIER();
    for (int other = 64; other > 0; other >>= 1)
    {
        if (LOCAL_ID < other) parts[LOCAL_ID] += parts[LOCAL_ID + other];
        BARRIER();
    }
}

/*
 * Batch b has samples bounds[b] .. bounds[b + 1] - 1. A group adds up one row, GROUP_ID(1), over one batch, GROUP_ID(0), in whole units
 * of 2^-32: the sums are exact, whatever the order.
 */

KERNEL(add_values, 128)(
    GLOBAL U64* RESTRICT sums, int first, GLOBAL const float* RESTRICT values, GLOBAL const int* RESTRICT bounds, int samples)
{
    LOCAL_ARRAY(U64, parts, 128);
    int batch = GROUP_ID(0), row = GROUP_ID(1), end = bounds[batch + 1];
    U64 sum = 0u;
    for (int i = bounds[batch] + LOCAL_ID; i < end; i += 128) sum += (U64)(values[(U64)row * (U64)samples + (U64)i] * 4294967296.0f);
    add_up_parts(parts, sum);
    if (LOCAL_ID == 0) sums[(first + row) * GROUPS(0) + batch] = parts[0];
}

DEVICE_FUNCTION int is_finite(float y) { return (AS_U32(y) & 0x7F800000u) != 0x7F800000u; }

/* Pairs of a trunk (row 0 of y) and its branch (row 1 + GROUP_ID(1)) that end on the same side. lost[0] becomes 1 if one is not finite. */
KERNEL(add_same, 128)(
    GLOBAL U64* RESTRICT sums, GLOBAL int* RESTRICT lost, GLOBAL const float* RESTRICT y, GLOBAL const int* RESTRICT bounds, int samples)
{
    LOCAL_ARRAY(U64, parts, 128);
    int batch = GROUP_ID(0), branch = GROUP_ID(1), end = bounds[batch + 1];
    U64 same = 0u;
    for (int i = bounds[batch] + LOCAL_ID; i < end; i += 128)
    {
        float a = y[i], b = y[(U64)(1 + branch) * (U64)samples + (U64)i];
        if (!is_finite(a) || !is_finite(b)) lost[0] = 1;
        same += (a >= 0.0f) == (b >= 0.0f) ? 1u : 0u;
    }
    add_up_parts(parts, same);
    if (LOCAL_ID == 0) sums[branch * GROUPS(0) + batch] = parts[0] << 32;
}
