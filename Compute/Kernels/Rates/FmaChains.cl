/* Fused multiply-adds and nothing else: eight chains per thread, which do not wait for each other. With factor and term 1, which the
   compiler cannot know, each chain counts its links; counts[thread] is what the thread did. */
KERNEL(fma_chains, 256)(GLOBAL float* RESTRICT counts, int links, float factor, float term)
{
    float chains[8];
    UNROLL
    for (int i = 0; i < 8; i++) chains[i] = 0.0f;
    for (int link = 0; link < links; link += 8)
    {
        UNROLL
        for (int i = 0; i < 64; i++) chains[i & 7] = FMA(chains[i & 7], factor, term);
    }
    float count = 0.0f;
    UNROLL
    for (int i = 0; i < 8; i++) count += chains[i];
    counts[GROUP_ID(0) * 256 + LOCAL_ID] = count;
}
