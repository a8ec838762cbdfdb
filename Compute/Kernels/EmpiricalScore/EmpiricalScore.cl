/* The softmax of the empirical score, panel by panel (EmpiricalScoreDevice.cs). A thread has one query; the second dimension of the grid
   cuts a panel into segments, whose results a second kernel takes together in their order. Exponents are in units of log 2. */
#include "Kernels/EmpiricalScore/ScoreFrame.cl"
#include "Kernels/EmpiricalScore/Segments.cl"
#include "Kernels/VectorMath.cl"

/* What a query carries from panel to panel, [row][stride]: the largest exponent so far, and relative to it sums of the weights, of their
   squares, and of the weights with the signs of the classes. */
#define REFERENCE 0
#define SUM 1
#define SQUARES 2
#define CLASSES 3

/* columns[side][k][q] and offsets[side][q]: ScoreColumns.cs. Queries are [block][d][32]; terms beyond d are 0. The second dimension of the
   grid is the side. */
KERNEL(score_columns, 64)(
    GLOBAL float* RESTRICT columns, GLOBAL float* RESTRICT offsets, GLOBAL const float* RESTRICT x, GLOBAL const float* RESTRICT frame,
    U64 x_at, int stride, int dimension, int pairs, int depth)
{
    int q = GROUP_ID(0) * 64 + LOCAL_ID;
    if (q >= stride) return;
    GLOBAL const float* from = x + (x_at + (U64)(q >> 5) * (U64)dimension * 32u + (U64)(q & 31));
    GLOBAL float* to = columns + ((U64)GROUP_ID(1) * (U64)depth * (U64)stride + (U64)q);
    GLOBAL const float* to_unit = frame + TO_UNIT * dimension;
    GLOBAL const float* to_columns = frame + TO_COLUMNS * dimension;
    GLOBAL const float* mode = frame + WHITENED_MODE * dimension;
    float sign = GROUP_ID(1) == 0 ? -1.0f : 1.0f, norm = 0.0f;
    int k = 0;
    for (; k < 2 * pairs; k += 2, from += 64, to += 2 * stride)
    {
        float x0 = from[0], x1 = from[32];
        float u0 = FMA(sign, mode[k], block_row(to_unit, dimension, k, x0, x1));
        float u1 = FMA(sign, mode[k + 1], block_row(to_unit, dimension, k + 1, x1, x0));
        norm = FMA(u1, u1, FMA(u0, u0, norm));
        to[0] = block_row(to_columns, dimension, k, u0, u1);
        to[stride] = block_row(to_columns, dimension, k + 1, u1, u0);
    }
    for (; k < dimension; k++, from += 32, to += stride)
    {
        float u = FMA(sign, mode[k], to_unit[k] * from[0]);
        norm = FMA(u, u, norm);
        to[0] = to_columns[k] * u;
    }
    for (; k < depth; k++, to += stride) to[0] = 0.0f;
    offsets[(U64)GROUP_ID(1) * (U64)stride + (U64)q] = -0.5f * LOG2_E * norm;
}

/* Exponent of the point of a row of products. In this order in every kernel, so that the largest is found again. */
DEVICE_FUNCTION float exponent_of(float product, float bias, float offset) { return product + bias + offset; }

/* tops[segment][q], the largest exponent of each segment, and its place in the panel, the first of several. */
KERNEL(panel_tops, 128)(
    GLOBAL float* RESTRICT tops, GLOBAL int* RESTRICT places, GLOBAL const float* RESTRICT products, GLOBAL const float* RESTRICT biases,
    GLOBAL const float* RESTRICT offsets, int offset_at, int points, int stride)
{
    int q = GROUP_ID(0) * 128 + LOCAL_ID, from = GROUP_ID(1) * SEGMENT;
    if (q >= stride) return;
    int to = from + SEGMENT < points ? from + SEGMENT : points;
    float offset = offsets[offset_at + q], top = -INFINITE;
    int place = -1;
    for (int p = from; p < to; p++)
    {
        float exponent = exponent_of(products[(U64)p * (U64)stride + (U64)q], biases[p], offset);
        if (exponent > top)
        {
            top = exponent;
            place = p;
        }
    }
    U64 at = (U64)GROUP_ID(1) * (U64)stride + (U64)q;
    tops[at] = top;
    places[at] = place;
}

/* Moves the reference of a query to the largest exponent so far, notes which point has it, by its place in the set, and what weights
   relative to the earlier reference are worth now. The panel's first point is at place first, 0 for the first panel. */
KERNEL(panel_references, 64)(
    GLOBAL float* RESTRICT state, GLOBAL float* RESTRICT scales, GLOBAL int* RESTRICT largest, GLOBAL const float* RESTRICT tops,
    GLOBAL const int* RESTRICT places, int segments, int first, int stride)
{
    int q = GROUP_ID(0) * 64 + LOCAL_ID;
    if (q >= stride) return;
    float before = first == 0 ? -INFINITE : state[REFERENCE * stride + q], top = before;
    int place = -1;
    for (int s = 0; s < segments; s++)
    {
        float other = tops[(U64)s * (U64)stride + (U64)q];
        if (other > top)
        {
            top = other;
            place = places[(U64)s * (U64)stride + (U64)q];
        }
    }
    if (place >= 0) largest[q] = first + place;
    else if (first == 0) largest[q] = -1;
    state[REFERENCE * stride + q] = top;
    scales[q] = first == 0 ? 0.0f : exp2_of(before - top);
}

/* Turns the products of a panel into weights relative to the references, and sums each segment. Rows that fill up the panel stay products
   with 0, which weigh points that are 0. */
KERNEL(panel_weights, 128)(
    GLOBAL float* RESTRICT products, GLOBAL float* RESTRICT sums, GLOBAL float* RESTRICT squares, GLOBAL const float* RESTRICT biases,
    GLOBAL const float* RESTRICT offsets, GLOBAL const float* RESTRICT state, int offset_at, int points, int stride)
{
    int q = GROUP_ID(0) * 128 + LOCAL_ID, from = GROUP_ID(1) * SEGMENT;
    if (q >= stride) return;
    int to = from + SEGMENT < points ? from + SEGMENT : points;
    float offset = offsets[offset_at + q], reference = state[REFERENCE * stride + q], sum = 0.0f, square = 0.0f;
    GLOBAL float* at = products + ((U64)from * (U64)stride + (U64)q);
    for (int p = from; p < to; p++, at += stride)
    {
        float y = exponent_of(at[0], biases[p], offset) - reference;
        float w = exp2_of(y);
        /* What is not a number must stay so: the bits of the power would hide it. */
        w = y == y ? w : y;
        at[0] = w;
        sum += w;
        square = FMA(w, w, square);
    }
    sums[(U64)GROUP_ID(1) * (U64)stride + (U64)q] = sum;
    squares[(U64)GROUP_ID(1) * (U64)stride + (U64)q] = square;
}

/* Takes the segments' sums of a panel of one class (sign) together with what a query carries. */
KERNEL(panel_sums, 64)(
    GLOBAL float* RESTRICT state, GLOBAL const float* RESTRICT scales, GLOBAL const float* RESTRICT sums,
    GLOBAL const float* RESTRICT squares, int segments, int first, int stride, float sign)
{
    int q = GROUP_ID(0) * 64 + LOCAL_ID;
    if (q >= stride) return;
    float sum = 0.0f, square = 0.0f, scale = scales[q];
    for (int s = 0; s < segments; s++)
    {
        sum += sums[(U64)s * (U64)stride + (U64)q];
        square += squares[(U64)s * (U64)stride + (U64)q];
    }
    int begins = first == 0;
    state[SUM * stride + q] = begins ? sum : FMA(state[SUM * stride + q], scale, sum);
    state[SQUARES * stride + q] = begins ? square : FMA(state[SQUARES * stride + q], scale * scale, square);
    state[CLASSES * stride + q] = begins ? sign * sum : FMA(state[CLASSES * stride + q], scale, sign * sum);
}

/* means[block][k][32], the weighted mean of the points, from the parts of the weighted sums [part][d][stride]. */
KERNEL(score_means, 256)(
    GLOBAL float* RESTRICT means, GLOBAL const float* RESTRICT sums, GLOBAL const float* RESTRICT state, GLOBAL const float* RESTRICT mode,
    U64 means_at, int parts, int stride, int dimension)
{
    int q = GROUP_ID(0) * 256 + LOCAL_ID, k = GROUP_ID(1);
    if (q >= stride) return;
    float inverse = 1.0f / state[SUM * stride + q], sum = 0.0f;
    for (int part = 0; part < parts; part++) sum += sums[((U64)part * (U64)dimension + (U64)k) * (U64)stride + (U64)q];
    means[means_at + ((U64)(q >> 5) * (U64)dimension + (U64)k) * 32u + (U64)(q & 31)] =
        FMA(state[CLASSES * stride + q] * inverse, mode[k], sum * inverse);
}
