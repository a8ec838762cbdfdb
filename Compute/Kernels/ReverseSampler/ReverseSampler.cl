/*
 * The reverse process of ReverseSamplerSimd.cs and the rule of CommitmentTracker.cs, operation by operation.
 *
 * Samples come in blocks of 64 lanes. A thread holds four lanes of a block, a quad: those whose normals one Philox counter makes, so that
 * no word is thrown away. Quad q of 16 has lanes l, l + 1, l + 16 and l + 17, where l = 32 (q / 8) + 2 (q mod 8).
 *
 * A run is a row: row 0 is the trunk, each further one a branch, which begins with the copy of the state that the trunk leaves in it.
 * State x is [row][block][coordinate][64], its projection y is [row][block][64], the trace of the trunk's projections [step][block][64].
 * All are padded to whole groups of blocks; what runs in the padding is like the rest, and nobody reads it.
 */
#include "Random/Normals.cl"

/* Floats of a grid index in `grid`: 2 dt, sqrt(2 dt), 1/|u| and the distance to the next grid time. */
#define GRID 4
#define TILE 32

typedef struct { float of[4]; } Quad;

DEVICE_FUNCTION int first_lane(int quad) { return ((quad & 8) << 2) + ((quad & 7) << 1); }

DEVICE_FUNCTION Quad load(GLOBAL const float* x)
{
    Quad q;
    q.of[0] = x[0];
    q.of[1] = x[1];
    q.of[2] = x[16];
    q.of[3] = x[17];
    return q;
}

DEVICE_FUNCTION void store(Quad q, GLOBAL float* x)
{
    x[0] = q.of[0];
    x[1] = q.of[1];
    x[16] = q.of[2];
    x[17] = q.of[3];
}

DEVICE_FUNCTION Quad zero(void)
{
    Quad q;
    UNROLL
    for (int j = 0; j < 4; j++) q.of[j] = 0.0f;
    return q;
}

DEVICE_FUNCTION Quad normals_at(Stream s, U64 counter)
{
    Words w = words_of(s, counter);
    NormalPair even = normals_of(w.w0, w.w1), odd = normals_of(w.w2, w.w3);
    Quad q;
    q.of[0] = even.first;
    q.of[1] = odd.first;
    q.of[2] = even.second;
    q.of[3] = odd.second;
    return q;
}

/* Where coordinate i, not the second of a pair, begins in a row of coefficients: pairs come first, with six floats, then single ones with two. */
DEVICE_FUNCTION int coefficient(int i, int paired) { return i < paired ? 3 * i : paired + 2 * i; }

/* x_T from the exact P_T, and its projection. `start` has for each pair the root (a, b; b, c) of C_T and m_T, five floats, then for each
   single one root and mean; u + row is the row of coefficients at T. */
KERNEL(draw, 128)(
    GLOBAL float* RESTRICT x, GLOBAL float* RESTRICT y, GLOBAL const float* RESTRICT start, GLOBAL const float* RESTRICT u, U64 row,
    int coordinates, int paired, U32 first_block, U32 key0, U32 key1, U32 upper0, U32 upper1_of_normals, U32 upper1_of_classes)
{
    int thread = GROUP_ID(0) * 128 + LOCAL_ID;
    int block = thread >> 4, quad = thread & 15, lane = first_lane(quad);
    U32 replica = upper0 ^ (first_block + (U32)block);
    Stream classes = stream_of(key0, key1, replica, upper1_of_classes), normals = stream_of(key0, key1, replica, upper1_of_normals);
    Words near = words_of(classes, (U64)(lane >> 2)), far = words_of(classes, (U64)((lane >> 2) + 4));
    Quad sign, sum = zero(), tile = zero();
    sign.of[0] = ((lane & 2) == 0 ? near.w0 : near.w2) >> 31 == 0 ? 1.0f : -1.0f;
    sign.of[1] = ((lane & 2) == 0 ? near.w1 : near.w3) >> 31 == 0 ? 1.0f : -1.0f;
    sign.of[2] = ((lane & 2) == 0 ? far.w0 : far.w2) >> 31 == 0 ? 1.0f : -1.0f;
    sign.of[3] = ((lane & 2) == 0 ? far.w1 : far.w3) >> 31 == 0 ? 1.0f : -1.0f;
    x += (U64)block * (U64)coordinates * 64u + (U64)lane;
    u += row;
    for (int i = 0; i < coordinates; i++)
    {
        Quad z = normals_at(normals, (U64)i * 16u + (U64)quad);
        int second = i < paired;
        GLOBAL const float* c = start + (second ? i / 2 * 5 : paired / 2 * 5 + 2 * (i - paired));
        GLOBAL const float* w = u + coefficient(i, paired) + (second ? 4 : 1);
        if ((i & (TILE - 1)) == 0)
        {
            UNROLL
            for (int j = 0; j < 4; j++) sum.of[j] += tile.of[j];
            tile = zero();
        }
        if (second)
        {
            Quad z2 = normals_at(normals, (U64)(i + 1) * 16u + (U64)quad);
            UNROLL
            for (int j = 0; j < 4; j++)
            {
                float first = z.of[j];
                z.of[j] = FMA(c[0], first, FMA(c[1], z2.of[j], sign.of[j] * c[3]));
                z2.of[j] = FMA(c[1], first, FMA(c[2], z2.of[j], sign.of[j] * c[4]));
                tile.of[j] = FMA(w[1], z2.of[j], FMA(w[0], z.of[j], tile.of[j]));
            }
            store(z, x + (U64)i * 64u);
            i++;
            store(z2, x + (U64)i * 64u);
        }
        else
        {
            UNROLL
            for (int j = 0; j < 4; j++)
            {
                z.of[j] = FMA(c[0], z.of[j], sign.of[j] * c[1]);
                tile.of[j] = FMA(w[0], z.of[j], tile.of[j]);
            }
            store(z, x + (U64)i * 64u);
        }
    }
    UNROLL
    for (int j = 0; j < 4; j++) sum.of[j] += tile.of[j];
    store(sum, y + (U64)block * 64u + (U64)lane);
}

/*
 * Up to `steps` steps of the runs in rows first_row + GROUP_ID(1), each of which has made `done`; at grid index 0 a run has ended.
 * runs[2 row] is the grid index where a run began, runs[2 row + 1] its substream. Where keeps[k] is not 0, the trunk leaves a copy of
 * itself at k in that row. trace[i] is the trunk's projection i steps after the launch began.
 */

/* One coordinate, which stays in registers from the first step of a launch to the last. */
KERNEL(advance_one, 128)(
    GLOBAL float* RESTRICT x, GLOBAL float* RESTRICT y, GLOBAL float* RESTRICT trace, GLOBAL const int* RESTRICT runs,
    GLOBAL const int* RESTRICT keeps, GLOBAL const float* RESTRICT coefficients, GLOBAL const float* RESTRICT grid, int first_row, int done,
    int steps, int blocks, U32 first_block, U32 key0, U32 key1, U32 upper0, U32 upper1)
{
    int thread = GROUP_ID(0) * 128 + LOCAL_ID, row = first_row + GROUP_ID(1);
    int block = thread >> 4, quad = thread & 15;
    int from = runs[2 * row] - done, to = from > steps ? from - steps : 0;
    U64 samples = (U64)blocks * 64u, at = (U64)block * 64u + (U64)first_lane(quad), here = (U64)row * samples + at;
    Stream stream = stream_of(key0, key1, upper0 ^ (first_block + (U32)block), upper1 ^ (U32)runs[2 * row + 1]);
    U64 counter = (U64)done * 16u + (U64)quad;
    Quad state = load(x + here), projection;
    for (int k = from; k > to; k--, counter += 16u)
    {
        float m = coefficients[2 * k], u = coefficients[2 * k + 1], push = u * grid[GRID * k], noise = grid[GRID * k + 1];
        Quad z = normals_at(stream, counter);
        UNROLL
        for (int j = 0; j < 4; j++) projection.of[j] = u * state.of[j];
        if (row == 0)
        {
            store(projection, trace + (U64)(from - k) * samples + at);
            if (keeps[k] > 0) store(state, x + (U64)keeps[k] * samples + at);
        }
        UNROLL
        for (int j = 0; j < 4; j++) state.of[j] = FMA(m, state.of[j], FMA(push, tanh_of(projection.of[j]), noise * z.of[j]));
    }
    UNROLL
    for (int j = 0; j < 4; j++) projection.of[j] = coefficients[2 * to + 1] * state.of[j];
    store(state, x + here);
    store(projection, y + here);
    if (row == 0) store(projection, trace + (U64)(from - to) * samples + at);
}

/*
 * Many coordinates. A group of 128 threads has 8 teams of 16, a quad a thread; 2^shift teams share a block of samples, and each takes every
 * 2^shift-th tile of 32 coordinates. A tile's part of y is summed by one thread, and all add the tiles up in their order, as the processor
 * does.
 * State goes through memory once a step, eight bytes beside some fifty instructions: less than caches give, and than memory gives.
 */
KERNEL(advance_many, 128)(
    GLOBAL float* RESTRICT x, GLOBAL float* RESTRICT y, GLOBAL float* RESTRICT trace, GLOBAL const int* RESTRICT runs,
    GLOBAL const int* RESTRICT keeps, GLOBAL const float* RESTRICT coefficients, GLOBAL const float* RESTRICT grid, int first_row, int done,
    int steps, int blocks, U32 first_block, U32 key0, U32 key1, U32 upper0, U32 upper1, int coordinates, int paired, int shift)
{
    /* Twice, so that one round may write while threads that are behind still read the last. */
    LOCAL_ARRAY(float, parts, 1024);
    int team = LOCAL_ID >> 4, quad = LOCAL_ID & 15, row = first_row + GROUP_ID(1);
    int share = team & ((1 << shift) - 1), block = GROUP_ID(0) * (8 >> shift) + (team >> shift);
    int from = runs[2 * row] - done, to = from > steps ? from - steps : 0;
    U64 samples = (U64)blocks * 64u, at = (U64)block * 64u + (U64)first_lane(quad);
    U64 stride = (U64)(paired + 2 * coordinates), size = samples * (U64)coordinates;
    Stream stream = stream_of(key0, key1, upper0 ^ (first_block + (U32)block), upper1 ^ (U32)runs[2 * row + 1]);
    GLOBAL float* state = x + ((U64)block * (U64)coordinates * 64u + (U64)first_lane(quad));
    GLOBAL float* mine = state + (U64)row * size;
    Quad sum = load(y + (U64)row * samples + at);
    int flip = 0;
    for (int k = from; k > to; k--)
    {
        GLOBAL const float* now = coefficients + (U64)k * stride;
        GLOBAL const float* next = now - stride;
        int keep = row == 0 ? keeps[k] : 0;
        GLOBAL float* kept = state + (U64)keep * size;
        float twice = grid[GRID * k], noise = grid[GRID * k + 1];
        if (row == 0 && share == 0)
        {
            store(sum, trace + (U64)(from - k) * samples + at);
            if (keep > 0) store(sum, y + (U64)keep * samples + at);
        }
        Quad push;
        UNROLL
        for (int j = 0; j < 4; j++) push.of[j] = twice * tanh_of(sum.of[j]);
        sum = zero();
        U64 counters = (U64)(done + from - k) * (U64)coordinates * 16u + (U64)quad;
        for (int round = 0; round < coordinates; round += TILE << shift)
        {
            int i = round + share * TILE, end = i + TILE < coordinates ? i + TILE : coordinates;
            Quad part = zero();
            for (; i < end && i < paired; i += 2)
            {
                GLOBAL const float* c = now + 3 * i;
                GLOBAL const float* w = next + (3 * i + 4);
                Quad z1 = normals_at(stream, counters + (U64)i * 16u), z2 = normals_at(stream, counters + (U64)i * 16u + 16u);
                Quad a = load(mine + (U64)i * 64u), b = load(mine + (U64)i * 64u + 64u);
                if (keep > 0)
                {
                    store(a, kept + (U64)i * 64u);
                    store(b, kept + (U64)i * 64u + 64u);
                }
                UNROLL
                for (int j = 0; j < 4; j++)
                {
                    float first = FMA(c[4], push.of[j], noise * z1.of[j]), second = FMA(c[5], push.of[j], noise * z2.of[j]);
                    first = FMA(c[0], a.of[j], FMA(c[1], b.of[j], first));
                    second = FMA(c[2], a.of[j], FMA(c[3], b.of[j], second));
                    a.of[j] = first;
                    b.of[j] = second;
                    part.of[j] = FMA(w[1], second, FMA(w[0], first, part.of[j]));
                }
                store(a, mine + (U64)i * 64u);
                store(b, mine + (U64)i * 64u + 64u);
            }
            for (; i < end; i++)
            {
                GLOBAL const float* c = now + (paired + 2 * i);
                float m = c[0], u = c[1], w = next[paired + 2 * i + 1];
                Quad z = normals_at(stream, counters + (U64)i * 16u), a = load(mine + (U64)i * 64u);
                if (keep > 0) store(a, kept + (U64)i * 64u);
                UNROLL
                for (int j = 0; j < 4; j++)
                {
                    a.of[j] = FMA(m, a.of[j], FMA(u, push.of[j], noise * z.of[j]));
                    part.of[j] = FMA(w, a.of[j], part.of[j]);
                }
                store(a, mine + (U64)i * 64u);
            }
            LOCAL float* exchange = parts + (flip + quad * 4);
            UNROLL
            for (int j = 0; j < 4; j++) exchange[team * 64 + j] = part.of[j];
            BARRIER();
            /* Teams without a tile in this round add zero, which changes no bit. */
            for (int other = team - share; other < team - share + (1 << shift); other++)
            {
                UNROLL
                for (int j = 0; j < 4; j++) sum.of[j] += exchange[other * 64 + j];
            }
            flip ^= 512;
        }
    }
    if (share == 0)
    {
        store(sum, y + (U64)row * samples + at);
        if (row == 0) store(sum, trace + (U64)(from - to) * samples + at);
    }
}

/* High 64 bits of a product. */
DEVICE_FUNCTION U64 high_product(U64 a, U64 b)
{
    U64 a0 = a & 0xFFFFFFFFu, a1 = a >> 32, b0 = b & 0xFFFFFFFFu, b1 = b >> 32;
    U64 middle = a1 * b0 + ((a0 * b0) >> 32), other = a0 * b1 + (middle & 0xFFFFFFFFu);
    return a1 * b1 + (middle >> 32) + (other >> 32);
}

/*
 * Whether (word + 1/2) 2^-32 < exp(-e), for 0 < e < 22.2. The processor asks in double precision, which a device may not have: here single
 * precision decides where its error (4e-6 of the chance, and one unit of the word) cannot matter, and elsewhere whole numbers with 62 bits
 * after the point, within 2^-55. A different answer has a probability below 2^-52.
 */
DEVICE_FUNCTION int touches(float e, U32 word)
{
    float chance = exp2_of(e * -1.44269504f) * 4294967296.0f, drawn = (float)word;
    if (ABS(drawn - chance) > chance * 1.52587891e-5f + 1.0f) return drawn < chance;
    const U64 ln2 = 49946518145322874u; /* in units of 2^-56, as e and its rest */
    U64 rest = (U64)(e * 72057594037927936.0f), powers = (U64)(int)(e * 1.44269504f);
    if (powers * ln2 > rest) powers--;
    rest -= powers * ln2;
    /* exp(-rest) by its series: after 17 terms less than 2^-57 is missing. */
    U64 one = 4611686018427387904u, p = one;
    for (U64 k = 17u; k > 0u; k--) p = one - high_product(rest << 8, p) / k;
    return ((2u * (U64)word + 1u) << 29) < (p >> powers);
}

/*
 * Goes through the trace from grid index `from` down to `to` and keeps, per sample, the last step in which y has a zero: the grid index
 * after it plus one (0: none yet) in `zeros`, and the positions y/|u| before and after it in `ends`, [2][sample]. A thread has four
 * neighbouring lanes, whose words of the bridge are those of one counter.
 */
KERNEL(follow_zeros, 128)(
    GLOBAL int* RESTRICT zeros, GLOBAL float* RESTRICT ends, GLOBAL const float* RESTRICT trace, GLOBAL const float* RESTRICT grid,
    int from, int to, int blocks, U32 first_block, U32 key0, U32 key1, U32 upper0, U32 upper1)
{
    int thread = GROUP_ID(0) * 128 + LOCAL_ID;
    U64 samples = (U64)blocks * 64u, at = (U64)thread * 4u;
    Stream stream = stream_of(key0, key1, upper0 ^ (first_block + (U32)(thread >> 4)), upper1);
    int zero_at[4];
    float before[4], zero_before[4], zero_after[4];
    trace += at;
    UNROLL
    for (int j = 0; j < 4; j++)
    {
        zero_at[j] = zeros[at + (U64)j];
        zero_before[j] = ends[at + (U64)j];
        zero_after[j] = ends[samples + at + (U64)j];
        before[j] = trace[j] * grid[GRID * from + 2];
    }
    for (int k = from - 1; k >= to; k--)
    {
        float norm = grid[GRID * k + 2], step = grid[GRID * k + 3];
        float after[4], exponent[4];
        int near = 0;
        trace += samples;
        UNROLL
        for (int j = 0; j < 4; j++)
        {
            after[j] = trace[j] * norm;
            exponent[j] = before[j] * after[j] / step;
            near |= exponent[j] > 0.0f && exponent[j] < 22.2f;
        }
        Words w;
        w.w0 = w.w1 = w.w2 = w.w3 = 0u;
        if (near) w = words_of(stream, (U64)k * 16u + (U64)(thread & 15));
        UNROLL
        for (int j = 0; j < 4; j++)
        {
            U32 word = j == 0 ? w.w0 : j == 1 ? w.w1 : j == 2 ? w.w2 : w.w3;
            if (exponent[j] < 22.2f && (!(exponent[j] > 0.0f) || touches(exponent[j], word)))
            {
                zero_at[j] = k + 1;
                zero_before[j] = before[j];
                zero_after[j] = after[j];
            }
            before[j] = after[j];
        }
    }
    UNROLL
    for (int j = 0; j < 4; j++)
    {
        zeros[at + (U64)j] = zero_at[j];
        ends[at + (U64)j] = zero_before[j];
        ends[samples + at + (U64)j] = zero_after[j];
    }
}
