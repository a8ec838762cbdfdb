/* The words that kernel texts are written in, for clang without a CUDA toolkit; opencl.h has the same words. */
typedef unsigned int U32;
typedef unsigned long long U64;
/* Four neighbours, at a multiple of 16 bytes. */
typedef float Float4 __attribute__((ext_vector_type(4)));
/* Four floats into an array of floats, at a multiple of four. */
#define STORE_FOUR(array, at, four) (*(Float4*)((array) + (at)) = (four))

/* Groups have one dimension, of THREADS; the grid of groups has two. A text that redefines LEAST_GROUPS as , 2 has registers for two groups
   at a time. */
#define KERNEL(name, threads) extern "C" __attribute__((global)) __attribute__((launch_bounds(threads LEAST_GROUPS))) void name
#define LEAST_GROUPS
#define DEVICE_FUNCTION static inline __attribute__((device)) __attribute__((always_inline))
#define GLOBAL
#define RESTRICT __restrict__
#define LOCAL_ARRAY(type, name, length) static __attribute__((shared)) __attribute__((aligned(16))) type name[length]
#define LOCAL
/* Local memory whose size the launch gives: LOCAL_PARAMETER ends the list of parameters, LOCAL_MEMORY opens the body. */
#define LOCAL_PARAMETER
#define LOCAL_MEMORY extern __attribute__((shared)) float local_memory[];
#define BARRIER() __syncthreads()
#define LOCAL_ID ((int)__nvvm_read_ptx_sreg_tid_x())
#define GROUP_ID(k) ((int)((k) == 0 ? __nvvm_read_ptx_sreg_ctaid_x() : __nvvm_read_ptx_sreg_ctaid_y()))
#define GROUPS(k) ((int)((k) == 0 ? __nvvm_read_ptx_sreg_nctaid_x() : __nvvm_read_ptx_sreg_nctaid_y()))
#define UNROLL _Pragma("unroll")
#define AS_INT(x) __builtin_bit_cast(int, (float)(x))
#define AS_U32(x) __builtin_bit_cast(U32, (float)(x))
#define AS_FLOAT(x) __builtin_bit_cast(float, x)
#define FMA(a, b, c) __nvvm_fma_rn_f(a, b, c)
#define SQRT(x) __nvvm_sqrt_rn_f(x)
#define ABS(x) __builtin_fabsf(x)

/* sums += left right by the 32 threads of a warp together: 16 x 8 by 8 x 8 elements of TF32, 4, 2 and 4 per thread. With g the thread's
   number divided by 4 and t the rest, left holds (g, t), (g + 8, t), (g, t + 4), (g + 8, t + 4), right (t, g), (t + 4, g), sums (g, 2t),
   (g, 2t + 1), (g + 8, 2t), (g + 8, 2t + 1). PTX's mma.m16n8k8. WARP_MEMORY opens the body. */
#define WARP_MEMORY
#define WARP_PRODUCT(sums, left, right) \
    asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};" \
        : "+f"((sums)[0]), "+f"((sums)[1]), "+f"((sums)[2]), "+f"((sums)[3]) \
        : "r"((left)[0]), "r"((left)[1]), "r"((left)[2]), "r"((left)[3]), "r"((right)[0]), "r"((right)[1]))
/* Before a loop over warp products. */
#define UNROLL_WARP UNROLL
