/* The two largest exponents of each query, panel by panel: in the frame of distances (ScoreFrameDevice.cs) those of its two nearest points.
   */
#include "Kernels/EmpiricalScore/Segments.cl"

typedef struct { float first, second; int first_at, second_at; } Two;

DEVICE_FUNCTION Two two_add(Two t, float exponent, int at)
{
    if (exponent > t.first)
    {
        t.second = t.first;
        t.second_at = t.first_at;
        t.first = exponent;
        t.first_at = at;
    }
    else if (exponent > t.second)
    {
        t.second = exponent;
        t.second_at = at;
    }
    return t;
}

DEVICE_FUNCTION Two two_of_none(void)
{
    Two t;
    t.first = t.second = -INFINITE;
    t.first_at = t.second_at = -1;
    return t;
}

/* exponents[2][segment][q] and places[2][segment][q]. */
KERNEL(panel_nearest, 128)(
    GLOBAL float* RESTRICT exponents, GLOBAL int* RESTRICT places, GLOBAL const float* RESTRICT products,
    GLOBAL const float* RESTRICT biases,
    GLOBAL const float* RESTRICT offsets, int offset_at, int first, int points, int stride)
{
    int q = GROUP_ID(0) * 128 + LOCAL_ID, from = GROUP_ID(1) * SEGMENT;
    if (q >= stride) return;
    int to = from + SEGMENT < points ? from + SEGMENT : points;
    float offset = offsets[offset_at + q];
    Two t = two_of_none();
    for (int p = from; p < to; p++) t = two_add(t, products[(U64)p * (U64)stride + (U64)q] + biases[p] + offset, first + p);
    U64 plane = (U64)GROUPS(1) * (U64)stride, at = (U64)GROUP_ID(1) * (U64)stride + (U64)q;
    exponents[at] = t.first;
    exponents[plane + at] = t.second;
    places[at] = t.first_at;
    places[plane + at] = t.second_at;
}

/* Takes the segments of a panel into best[2][stride] and best_at[2][stride]. */
KERNEL(take_nearest, 64)(
    GLOBAL float* RESTRICT best, GLOBAL int* RESTRICT best_at, GLOBAL const float* RESTRICT exponents, GLOBAL const int* RESTRICT places,
    int segments, int begins, int stride)
{
    int q = GROUP_ID(0) * 64 + LOCAL_ID;
    if (q >= stride) return;
    Two t = two_of_none();
    if (!begins)
    {
        t.first = best[q];
        t.second = best[stride + q];
        t.first_at = best_at[q];
        t.second_at = best_at[stride + q];
    }
    U64 plane = (U64)segments * (U64)stride, at = (U64)q;
    for (int s = 0; s < segments; s++, at += (U64)stride)
    {
        t = two_add(t, exponents[at], places[at]);
        t = two_add(t, exponents[plane + at], places[plane + at]);
    }
    best[q] = t.first;
    best[stride + q] = t.second;
    best_at[q] = t.first_at;
    best_at[stride + q] = t.second_at;
}
