/* Running softmax sums of planted queries, segment by segment of a panel (PlantedWeightsDevice.cs); exponents are in units of log 2. */
#include "Kernels/EmpiricalScore/ScoreFrame.cl"
#include "Kernels/EmpiricalScore/Segments.cl"
#include "Kernels/VectorMath.cl"

/* Times that a thread serves with one load of its products. */
#define TIMES 8

/* Exponents may exceed the reference by this much: weights of 2^30, squared, stay far from overflow. */
#define LARGEST_EXCESS 30.0f

/* A softmax under way. The reference is a value that an exponent took, or -infinity, so that differences of near ones are exact whatever
   their size. */
typedef struct { float reference, top, sum, squares; } Softmax;

DEVICE_FUNCTION Softmax softmax_from(float reference)
{
    Softmax s;
    s.reference = reference;
    s.top = -INFINITE;
    s.sum = 0.0f;
    s.squares = 0.0f;
    return s;
}

DEVICE_FUNCTION Softmax softmax_add(Softmax s, float exponent)
{
    float y = exponent - s.reference;
    if (y > LARGEST_EXCESS)
    {
        float scale = exp2_of(s.reference - exponent);
        s.sum *= scale;
        s.squares *= scale * scale;
        s.reference = exponent;
        y = 0.0f;
    }
    float w = exp2_of(y);
    /* What is not a number must stay so: the bits of the power would hide it. */
    w = y == y ? w : y;
    s.top = exponent > s.top ? exponent : s.top;
    s.sum += w;
    s.squares = FMA(w, w, s.squares);
    return s;
}

/* partials[4][segment][state]. */
DEVICE_FUNCTION void softmax_store(GLOBAL float* partials, U64 at, U64 plane, Softmax s)
{
    partials[at] = s.reference;
    partials[plane + at] = s.top;
    partials[2u * plane + at] = s.sum;
    partials[3u * plane + at] = s.squares;
}

/* Eight times of every query for the exponents -1/2 r^2 g - r h of IsotropicWeights.cs. Products are [p][2][stride]: with the planted
   point, with the noise. Queries are [5][stride]: squared norm and product of both without the first coordinate, both first coordinates,
   class. */
KERNEL(isotropic_softmax, 128)(
    GLOBAL float* RESTRICT partials, GLOBAL const float* RESTRICT products, GLOBAL const float* RESTRICT norms,
    GLOBAL const float* RESTRICT firsts,
    GLOBAL const float* RESTRICT classes, GLOBAL const float* RESTRICT queries, GLOBAL const float* RESTRICT coefficients,
    GLOBAL const float* RESTRICT states, int first_time, int times, int begins, int points, int stride, float mode)
{
    int q = GROUP_ID(0) * 128 + LOCAL_ID, from = GROUP_ID(1) * SEGMENT;
    if (q >= stride) return;
    int to = from + SEGMENT < points ? from + SEGMENT : points;
    float norm = queries[q], product = queries[stride + q], first = queries[2 * stride + q];
    float noise = queries[3 * stride + q], class_of = queries[4 * stride + q];
    Softmax s[TIMES];
    float quadratic[TIMES], linear[TIMES];
    UNROLL
    for (int i = 0; i < TIMES; i++)
    {
        quadratic[i] = coefficients[first_time + i];
        linear[i] = coefficients[times + first_time + i];
        s[i] = softmax_from(begins ? -INFINITE : states[(U64)(first_time + i) * (U64)stride + (U64)q]);
    }
    GLOBAL const float* at = products + ((U64)from * 2u * (U64)stride + (U64)q);
    for (int p = from; p < to; p++, at += 2 * stride)
    {
        float similar = at[0], along = FMA(class_of - classes[p], mode, first - firsts[p]);
        float g = FMA(along, along, (norm - similar) + (norms[p] - similar));
        float h = FMA(along, noise, product - at[stride]);
        UNROLL
        for (int i = 0; i < TIMES; i++) s[i] = softmax_add(s[i], FMA(quadratic[i], g, linear[i] * h));
    }
    U64 width = (U64)TIMES * (U64)stride;
    UNROLL
    for (int i = 0; i < TIMES; i++)
        softmax_store(partials, (U64)GROUP_ID(1) * width + (U64)i * (U64)stride + (U64)q, (U64)GROUPS(1) * width, s[i]);
}

/* Columns, [side][depth][time][stride], and offsets of the planted queries: WhitenedWeights.cs. Points are [k][2][stride], planted then
   noise; the second dimension of the grid is the time. The sums that make the planted point's own exponent are those of the product and of
   the form, term by term, so that taking them away leaves 0 exactly. */
KERNEL(whitened_columns, 64)(
    GLOBAL float* RESTRICT columns, GLOBAL float* RESTRICT offsets, GLOBAL const float* RESTRICT points,
    GLOBAL const float* RESTRICT classes,
    GLOBAL const float* RESTRICT frames, int stride, int dimension, int pairs, int depth)
{
    int q = GROUP_ID(0) * 64 + LOCAL_ID, time = GROUP_ID(1);
    if (q >= stride) return;
    GLOBAL const float* frame = frames + (U64)time * 9u * (U64)dimension;
    GLOBAL const float* whitening = frame + WHITENING * dimension;
    GLOBAL const float* to_columns = frame + TO_COLUMNS * dimension;
    GLOBAL const float* mode = frame + WHITENED_MODE * dimension;
    GLOBAL const float* forms = frame + FORM * dimension;
    U64 width = (U64)GROUPS(1) * (U64)stride, at = (U64)time * (U64)stride + (U64)q;
    float class_of = classes[q], across = 2.0f * class_of, planted = 0.0f, form = 0.0f, lower = 0.0f;
    int own = class_of > 0.0f ? 0 : 1;
    GLOBAL float* towards_own = columns + ((U64)own * (U64)depth * width + at);
    GLOBAL float* towards_other = columns + ((U64)(1 - own) * (U64)depth * width + at);
    GLOBAL const float* point = points + q;
    int k = 0;
    for (; k < 2 * pairs; k += 2, point += 4 * stride, towards_own += 2u * width, towards_other += 2u * width)
    {
        float c0 = point[0], c1 = point[2 * stride];
        float q0 = block_row(whitening, dimension, k, c0, c1) + point[stride];
        float q1 = block_row(whitening, dimension, k + 1, c1, c0) + point[3 * stride];
        float v0 = block_row(to_columns, dimension, k, q0, q1), v1 = block_row(to_columns, dimension, k + 1, q1, q0);
        planted = FMA(c1, v1, FMA(c0, v0, planted));
        form = FMA(c0, block_row(forms, dimension, k, c0, c1), form);
        form = FMA(c1, block_row(forms, dimension, k + 1, c1, c0), form);
        towards_own[0] = v0;
        towards_own[width] = v1;
        lower = FMA(across * mode[k], FMA(class_of, mode[k], q0), lower);
        lower = FMA(across * mode[k + 1], FMA(class_of, mode[k + 1], q1), lower);
        float o0 = FMA(across, mode[k], q0), o1 = FMA(across, mode[k + 1], q1);
        towards_other[0] = block_row(to_columns, dimension, k, o0, o1);
        towards_other[width] = block_row(to_columns, dimension, k + 1, o1, o0);
    }
    for (; k < dimension; k++, point += 2 * stride, towards_own += width, towards_other += width)
    {
        float c = point[0], x = block_row(whitening, dimension, k, c, 0.0f) + point[stride], v = to_columns[k] * x;
        planted = FMA(c, v, planted);
        form = FMA(c, block_row(forms, dimension, k, c, 0.0f), form);
        towards_own[0] = v;
        lower = FMA(across * mode[k], FMA(class_of, mode[k], x), lower);
        towards_other[0] = to_columns[k] * FMA(across, mode[k], x);
    }
    for (; k < depth; k++, towards_own += width, towards_other += width)
    {
        towards_own[0] = 0.0f;
        towards_other[0] = 0.0f;
    }
    float offset = -(planted + form);
    offsets[(U64)own * width + at] = offset;
    offsets[(U64)(1 - own) * width + at] = FMA(-LOG2_E, lower, offset);
}

/* Every state, one time of one query, for exponents that are a product, a bias of point and time, and an offset. */
KERNEL(whitened_softmax, 128)(
    GLOBAL float* RESTRICT partials, GLOBAL const float* RESTRICT products, GLOBAL const float* RESTRICT biases,
    GLOBAL const float* RESTRICT offsets,
    GLOBAL const float* RESTRICT states, U64 offset_at, int begins, int points, int filled, int stride, int width)
{
    int state = GROUP_ID(0) * 128 + LOCAL_ID, from = GROUP_ID(1) * SEGMENT;
    if (state >= width) return;
    int to = from + SEGMENT < points ? from + SEGMENT : points;
    float offset = offsets[offset_at + (U64)state];
    GLOBAL const float* bias = biases + (U64)(state / stride) * (U64)filled;
    GLOBAL const float* at = products + ((U64)from * (U64)width + (U64)state);
    Softmax s = softmax_from(begins ? -INFINITE : states[state]);
    /* In this order: for the planted point the first two sums cancel the third exactly. */
    for (int p = from; p < to; p++, at += width) s = softmax_add(s, at[0] + bias[p] + offset);
    softmax_store(partials, (U64)GROUP_ID(1) * (U64)width + (U64)state, (U64)GROUPS(1) * (U64)width, s);
}

/* Takes the segments of a panel together with what states first .. first + width - 1 carry, [3][all]: largest exponent, and relative to it
   the sum of weights and the sum of their squares. */
KERNEL(take_segments, 64)(
    GLOBAL float* RESTRICT states, GLOBAL const float* RESTRICT partials, U64 first, U64 all, int width, int segments, int begins)
{
    int state = GROUP_ID(0) * 64 + LOCAL_ID;
    if (state >= width) return;
    U64 plane = (U64)segments * (U64)width;
    GLOBAL float* carried = states + (first + (U64)state);
    GLOBAL const float* at = partials + state;
    float before = begins ? -INFINITE : carried[0], top = before;
    for (int s = 0; s < segments; s++)
    {
        float other = at[plane + (U64)s * (U64)width];
        top = other > top ? other : top;
    }
    float scale = exp2_of(before - top);
    float sum = begins ? 0.0f : scale * carried[all], squares = begins ? 0.0f : scale * scale * carried[2u * all];
    for (int s = 0; s < segments; s++, at += width)
    {
        scale = exp2_of(at[0] - top);
        sum = FMA(at[2u * plane], scale, sum);
        squares = FMA(at[3u * plane], scale * scale, squares);
    }
    carried[0] = top;
    /* The largest weighs 1, which rounding of scales must not take from it. */
    carried[all] = sum < 1.0f ? 1.0f : sum;
    carried[2u * all] = squares < 1.0f ? 1.0f : squares;
}
