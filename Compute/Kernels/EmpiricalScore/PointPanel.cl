/* Training points: made from their stream, turned for the products, and their quadratic forms. */
#include "Kernels/EmpiricalScore/ScoreFrame.cl"
#include "Random/Normals.cl"

/* rows[place][k] = sigma times normal k of training point first + offsets[place], the bits of TrainingPoints.cs; 0 where the offset is
   negative. A thread makes the four normals of one counter. */
KERNEL(centred_points, 256)(
    GLOBAL float* RESTRICT rows, GLOBAL const int* RESTRICT offsets, U64 first, int places, int dimension, int stride, float sigma,
    U32 key0, U32 key1, U32 upper0, U32 upper1)
{
    U32 counters = (U32)(dimension + 31) / 32u * 8u;
    U64 thread = (U64)GROUP_ID(0) * 256u + (U64)LOCAL_ID;
    U64 place = thread / counters;
    U32 counter = (U32)(thread % counters);
    if (place >= (U64)places) return;
    int offset = offsets[place];
    Words w = words_of(stream_of(key0, key1, upper0, upper1), (first + (U64)(offset < 0 ? 0 : offset)) * counters + counter);
    NormalPair even = normals_of(w.w0, w.w1), odd = normals_of(w.w2, w.w3);
    float scale = offset < 0 ? 0.0f : sigma;
    int k = (int)(counter >> 3) * 32 + (int)(counter & 7u) * 2;
    GLOBAL float* row = rows + place * (U64)stride;
    if (k < dimension) row[k] = scale * even.first;
    if (k + 1 < dimension) row[k + 1] = scale * odd.first;
    if (k + 16 < dimension) row[k + 16] = scale * even.second;
    if (k + 17 < dimension) row[k + 17] = scale * odd.second;
}

/* classes[i], +1 or -1, of training point first + i: the top bit of its word. */
KERNEL(point_classes, 256)(GLOBAL float* RESTRICT classes, U64 first, int count, U32 key0, U32 key1, U32 upper0, U32 upper1)
{
    int i = GROUP_ID(0) * 256 + LOCAL_ID;
    if (i >= count) return;
    U64 index = first + (U64)i;
    Words w = words_of(stream_of(key0, key1, upper0, upper1), index >> 2);
    U32 word = (index & 2u) == 0 ? ((index & 1u) == 0 ? w.w0 : w.w1) : ((index & 1u) == 0 ? w.w2 : w.w3);
    classes[i] = (word & 0x80000000u) == 0 ? 1.0f : -1.0f;
}

/* panel[k][p] = rows[first + p][k]; 0 for k from dimension to depth. The grid: 32 places by 32 coordinates. */
KERNEL(turn_points, 256)(
    GLOBAL float* RESTRICT panel, GLOBAL const float* RESTRICT rows, U64 first, int places, int dimension, int stride, int depth)
{
    LOCAL_ARRAY(float, square, 32 * 33);
    int across = LOCAL_ID & 31, down = LOCAL_ID >> 5, p0 = GROUP_ID(0) * 32, k0 = GROUP_ID(1) * 32;
    for (int i = down; i < 32; i += 8)
    {
        int isThere = p0 + i < places && k0 + across < dimension;
        square[i * 33 + across] = isThere ? rows[(first + (U64)(p0 + i)) * (U64)stride + (U64)(k0 + across)] : 0.0f;
    }
    BARRIER();
    for (int i = down; i < 32; i += 8)
    {
        if (k0 + i < depth && p0 + across < places) panel[(U64)(k0 + i) * (U64)places + (U64)(p0 + across)] = square[across * 33 + i];
    }
}

/* forms[time][p] = c K c of the points of a panel for the matrix K of each time; the second dimension of the grid is the time. */
KERNEL(quadratic_forms, 64)(
    GLOBAL float* RESTRICT forms, GLOBAL const float* RESTRICT panel, GLOBAL const float* RESTRICT matrices, U64 matrix_at,
    int matrix_stride, int places, int dimension, int pairs)
{
    int p = GROUP_ID(0) * 64 + LOCAL_ID;
    if (p >= places) return;
    GLOBAL const float* matrix = matrices + (matrix_at + (U64)GROUP_ID(1) * (U64)matrix_stride);
    GLOBAL const float* point = panel + p;
    float form = 0.0f;
    int k = 0;
    for (; k < 2 * pairs; k += 2, point += 2 * places)
    {
        float first = point[0], second = point[places];
        form = FMA(first, block_row(matrix, dimension, k, first, second), form);
        form = FMA(second, block_row(matrix, dimension, k + 1, second, first), form);
    }
    for (; k < dimension; k++, point += places) form = FMA(point[0], block_row(matrix, dimension, k, point[0], 0.0f), form);
    forms[(U64)GROUP_ID(1) * (U64)places + (U64)p] = form;
}
