/* Philox4x32-10: the words of Philox4x32.cs. */
#pragma once

typedef struct { U32 w0, w1, w2, w3; } Words;

/* What RandomStream.cs holds. */
typedef struct { U32 key0, key1, upper0, upper1; } Stream;

DEVICE_FUNCTION Stream stream_of(U32 key0, U32 key1, U32 upper0, U32 upper1)
{
    Stream s;
    s.key0 = key0;
    s.key1 = key1;
    s.upper0 = upper0;
    s.upper1 = upper1;
    return s;
}

/* The four words of a counter of the stream. */
DEVICE_FUNCTION Words words_of(Stream s, U64 counter)
{
    Words w;
    w.w0 = (U32)counter;
    w.w1 = (U32)(counter >> 32);
    w.w2 = s.upper0;
    w.w3 = s.upper1;
    UNROLL
    for (int round = 0; round < 10; round++)
    {
        U64 p0 = (U64)0xD2511F53u * w.w0;
        U64 p1 = (U64)0xCD9E8D57u * w.w2;
        w.w0 = (U32)(p1 >> 32) ^ w.w1 ^ s.key0;
        w.w1 = (U32)p1;
        w.w2 = (U32)(p0 >> 32) ^ w.w3 ^ s.key1;
        w.w3 = (U32)p0;
        s.key0 += 0x9E3779B9u;
        s.key1 += 0xBB67AE85u;
    }
    return w;
}
