#include "Random/Normals.cl"

/* Words of counters first .. first + counters - 1, four each, from words[at] on. */
KERNEL(philox_words, 256)(GLOBAL U32* RESTRICT words, U64 at, U64 first, U64 counters, U32 key0, U32 key1, U32 upper0, U32 upper1)
{
    U64 i = (U64)GROUP_ID(0) * 256u + (U64)LOCAL_ID;
    if (i >= counters) return;
    Words w = words_of(stream_of(key0, key1, upper0, upper1), first + i);
    GLOBAL U32* out = words + at + 4u * i;
    out[0] = w.w0;
    out[1] = w.w1;
    out[2] = w.w2;
    out[3] = w.w3;
}

/* Normals first .. first + count - 1 of the stream, from normals[at] on. A thread makes the four of one counter; the counters begin at that
   of the group of 32 that holds the first, so threads at either end may have none to write. */
KERNEL(fill_normals, 256)(GLOBAL float* RESTRICT normals, U64 at, U64 first, U64 count, U32 key0, U32 key1, U32 upper0, U32 upper1)
{
    U64 counter = (first >> 5) * 8u + (U64)GROUP_ID(0) * 256u + (U64)LOCAL_ID;
    Words w = words_of(stream_of(key0, key1, upper0, upper1), counter);
    NormalPair even = normals_of(w.w0, w.w1), odd = normals_of(w.w2, w.w3);
    /* Distance of the even lane's first half from the first normal; where it lies before it, it wraps to a huge number. */
    U64 n = (counter >> 3) * 32u + (counter & 7u) * 2u - first;
    if (n < count) normals[at + n] = even.first;
    if (n + 1u < count) normals[at + n + 1u] = odd.first;
    if (n + 16u < count) normals[at + n + 16u] = even.second;
    if (n + 17u < count) normals[at + n + 17u] = odd.second;
}
