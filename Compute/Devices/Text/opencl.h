/* The words that kernel texts are written in, as OpenCL C 1.2; cuda.h has the same words. */
#if __OPENCL_C_VERSION__ < 120
#error "kernels need OpenCL C 1.2"
#endif
#ifndef __ENDIAN_LITTLE__
#error "kernels need a little-endian device"
#endif
/* Fused only where the text says FMA: then the bits are those of the processor's form. */
#pragma OPENCL FP_CONTRACT OFF

typedef uint U32;
typedef ulong U64;
/* Four neighbours, at a multiple of 16 bytes. */
typedef float4 Float4;
/* Four floats into an array of floats, at a multiple of four. */
#define STORE_FOUR(array, at, four) vstore4(four, 0, (array) + (at))

/* Groups have one dimension, of THREADS; the grid of groups has two. */
#define KERNEL(name, threads) __kernel __attribute__((reqd_work_group_size(threads, 1, 1))) void name
#define LEAST_GROUPS
#define DEVICE_FUNCTION static inline __attribute__((always_inline))
#define GLOBAL __global
#define RESTRICT restrict
#define LOCAL_ARRAY(type, name, length) __local type name[length]
#define LOCAL __local
/* Local memory whose size the launch gives: LOCAL_PARAMETER ends the list of parameters, LOCAL_MEMORY opens the body. */
#define LOCAL_PARAMETER , __local float* local_memory
#define LOCAL_MEMORY
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE)
#define LOCAL_ID ((int)get_local_id(0))
#define GROUP_ID(k) ((int)get_group_id(k))
#define GROUPS(k) ((int)get_num_groups(k))
#define UNROLL _Pragma("unroll")
#define AS_INT(x) as_int(x)
#define AS_U32(x) as_uint(x)
#define AS_FLOAT(x) as_float(x)
#define FMA(a, b, c) fma(a, b, c)
#define SQRT(x) sqrt(x)
#define ABS(x) fabs(x)

/* What cuda.h does by one instruction, spelled out: every thread shows its elements to its warp. For groups of 256 threads; to test with,
   not to be fast. */
#define WARP_MEMORY __local U32 warp_memory[256 * 6];
#define WARP_PRODUCT(sums, left, right) warp_product(sums, left, right, warp_memory)
#define UNROLL_WARP _Pragma("nounroll")

DEVICE_FUNCTION void warp_product(float* sums, const U32* left, const U32* right, __local U32* memory)
{
    __local U32* warp = memory + (LOCAL_ID & ~31) * 6;
    int lane = LOCAL_ID & 31, g = lane >> 2, t = lane & 3;
    for (int i = 0; i < 4; i++) warp[lane * 6 + i] = left[i];
    for (int i = 0; i < 2; i++) warp[lane * 6 + 4 + i] = right[i];
    BARRIER();
    for (int i = 0; i < 4; i++)
    {
        int row = g + (i >> 1) * 8, column = 2 * t + (i & 1);
        for (int k = 0; k < 8; k++)
        {
            U32 a = warp[((row & 7) * 4 + (k & 3)) * 6 + (row >> 3) + 2 * (k >> 2)], b = warp[(column * 4 + (k & 3)) * 6 + 4 + (k >> 2)];
            /* The instruction reads 19 bits of each. */
            sums[i] = FMA(AS_FLOAT(a & 0xFFFFE000u), AS_FLOAT(b & 0xFFFFE000u), sums[i]);
        }
    }
    BARRIER();
}
