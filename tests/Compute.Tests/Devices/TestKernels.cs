namespace Sweeps.Compute.Tests.Devices;

/// <summary>Kernels for tests of the bindings, with the words of the headers that others may not use.</summary>
internal static class TestKernels
{
    public const string Source = """
        KERNEL(where_am_i, 8)(GLOBAL int* RESTRICT out, int stride)
        {
            out[GROUP_ID(1) * stride + GROUP_ID(0) * 8 + LOCAL_ID] = 10000 * GROUPS(1) + 1000 * GROUP_ID(1) + 100 * GROUP_ID(0) + LOCAL_ID;
        }

        KERNEL(numbers, 1)(GLOBAL U64* RESTRICT out, int a, U32 b, U64 c, float d)
        {
            out[0] = (U64)(-a);
            out[1] = b;
            out[2] = c;
            out[3] = AS_U32(d);
        }

        KERNEL(reversed, 64)(GLOBAL float* RESTRICT x LOCAL_PARAMETER)
        {
            LOCAL_MEMORY
            LOCAL_ARRAY(float, twice, 64);
            local_memory[LOCAL_ID] = x[GROUP_ID(0) * 64 + LOCAL_ID];
            twice[LOCAL_ID] = 2.0f * x[GROUP_ID(0) * 64 + LOCAL_ID];
            BARRIER();
            LOCAL const float* next = twice + ((LOCAL_ID + 1) & 63);
            x[GROUP_ID(0) * 64 + LOCAL_ID] = local_memory[63 - LOCAL_ID] + *next;
        }
        """;
}
