/* Standard normals by Box and Muller, operation by operation those of NormalsSimd.cs, in the order of NormalsReference.cs. */
#pragma once
#include "Kernels/VectorMath.cl"
#include "Random/Philox4x32.cl"

/* Halves 0 and 1 of one lane of a group of 32: normals n and n + 16. */
typedef struct { float first, second; } NormalPair;

DEVICE_FUNCTION NormalPair normals_of(U32 a, U32 b)
{
    float u = FMA((float)(int)(a >> 1), 4.656612873e-10f, 2.328306437e-10f);
    float radius = SQRT(ABS(log_of(u)));
    SineCosine y = sine_cosine_of((float)(int)(b << 2) * 3.65729518e-10f);
    NormalPair pair;
    pair.first = AS_FLOAT(AS_U32(radius * (y.cosine - y.sine)) ^ (b & 0x80000000u));
    pair.second = AS_FLOAT(AS_U32(radius * (y.cosine + y.sine)) ^ ((b << 1) & 0x80000000u));
    return pair;
}

/* Normal n of the stream alone; where four of a counter or both halves are of use, words_of and normals_of cost less. */
DEVICE_FUNCTION float normal_of(Stream s, U64 n)
{
    int lane = (int)(n & 15u);
    Words w = words_of(s, (n >> 5) * 8u + (U64)(lane >> 1));
    NormalPair pair = (lane & 1) == 0 ? normals_of(w.w0, w.w1) : normals_of(w.w2, w.w3);
    return (n & 16u) == 0 ? pair.first : pair.second;
}
