/* The products of TileProduct.cl on units that multiply small matrices of TF32, three times each: a number is split into what TF32 holds of
   it and what it holds of the rest, and of the four products of the halves the smallest is left out (Ootomo and Yokota, arXiv 2203.03341).
   Relative to the sum of the absolute terms the error is about that of single precision. The units round their sums towards zero, so each
   slice of 8 terms is added up by them from 0 and then to the rest in the ordinary way. Sums are not those of a plain loop bit for bit. */
#undef LEAST_GROUPS
#define LEAST_GROUPS , 2

#define TILE 128
#define SLICE 8

/* Terms lie this many floats apart in local memory, so that the 32 threads that read 8 neighbours of 4 terms meet no conflict. */
#define TERM (TILE + 8)

/* Nearest number of 19 bits. */
DEVICE_FUNCTION U32 high_of(float x) { return (AS_U32(x) + 0x1000u) & 0xFFFFE000u; }

DEVICE_FUNCTION U32 low_of(float x, U32 high) { return high_of(x - AS_FLOAT(high)); }

/* As tile_product of TileProduct.cl. A warp has 32 rows by 64 columns. */
KERNEL(tensor_product, 256)(
    GLOBAL float* RESTRICT products, GLOBAL const Float4* RESTRICT left, GLOBAL const Float4* RESTRICT right,
    GLOBAL const float* RESTRICT scales,
    U64 left_at, U64 right_at, int rows, int left_fours, int right_fours, int depth, int part, int accumulates)
{
    WARP_MEMORY
    LOCAL_ARRAY(float, lefts, 2 * SLICE * TERM);
    LOCAL_ARRAY(float, rights, 2 * SLICE * TERM);
    int tiles = (rows + TILE - 1) / TILE;
    int first_row = GROUP_ID(0) % tiles * TILE, first_column = GROUP_ID(0) / tiles * TILE;
    int from = GROUP_ID(1) * part;
    int slices = ((from + part < depth ? from + part : depth) - from) / SLICE;
    /* A part that is empty reads where there is something, and adds nothing. */
    if (slices <= 0) from = 0;

    /* Which four this thread brings: a warp brings the 128 of one term. */
    int term = LOCAL_ID >> 5, four = LOCAL_ID & 31, place = term * TERM + 4 * four;
    int left_four = first_row / 4 + four < left_fours ? first_row / 4 + four : left_fours - 1;
    int right_four = first_column / 4 + four < right_fours ? first_column / 4 + four : right_fours - 1;
    GLOBAL const Float4* next_left = left + (left_at + (U64)(from + term) * (U64)left_fours + (U64)left_four);
    GLOBAL const Float4* next_right = right + (right_at + (U64)(from + term) * (U64)right_fours + (U64)right_four);

    /* Which elements of a slice this thread holds for its warp: see WARP_PRODUCT. */
    int warp = LOCAL_ID >> 5, g = (LOCAL_ID & 31) >> 2, t = LOCAL_ID & 3;
    int own_left = t * TERM + (warp & 3) * 32 + g, own_right = t * TERM + (warp >> 2) * 64 + g;
    float sums[2][8][4];
    UNROLL_WARP
    for (int i = 0; i < 2; i++)
    {
        UNROLL_WARP
        for (int j = 0; j < 8; j++) sums[i][j][0] = sums[i][j][1] = sums[i][j][2] = sums[i][j][3] = 0.0f;
    }

    STORE_FOUR(lefts, place, *next_left);
    STORE_FOUR(rights, place, *next_right);
    BARRIER();
    for (int slice = 0; slice < slices; slice++)
    {
        int here = (slice & 1) * SLICE * TERM, there = SLICE * TERM - here;
        /* The last slice brings itself once more rather than what lies behind the matrix. */
        int further = slice + 1 < slices ? SLICE : 0;
        next_left += further * left_fours;
        next_right += further * right_fours;
        Float4 coming_left = *next_left, coming_right = *next_right;
        U32 left_high[2][4], left_low[2][4];
        UNROLL_WARP
        for (int i = 0; i < 2; i++)
        {
            UNROLL_WARP
            for (int e = 0; e < 4; e++)
            {
                float x = lefts[here + own_left + (e >> 1) * 4 * TERM + i * 16 + (e & 1) * 8];
                left_high[i][e] = high_of(x);
                left_low[i][e] = low_of(x, left_high[i][e]);
            }
        }
        UNROLL_WARP
        for (int j = 0; j < 8; j++)
        {
            U32 right_high[2], right_low[2];
            UNROLL_WARP
            for (int e = 0; e < 2; e++)
            {
                float x = rights[here + own_right + e * 4 * TERM + j * 8];
                right_high[e] = high_of(x);
                right_low[e] = low_of(x, right_high[e]);
            }
            UNROLL_WARP
            for (int i = 0; i < 2; i++)
            {
                float added[4];
                added[0] = added[1] = added[2] = added[3] = 0.0f;
                /* The small ones first. */
                WARP_PRODUCT(added, left_low[i], right_high);
                WARP_PRODUCT(added, left_high[i], right_low);
                WARP_PRODUCT(added, left_high[i], right_high);
                UNROLL_WARP
                for (int e = 0; e < 4; e++) sums[i][j][e] += added[e];
            }
        }
        STORE_FOUR(lefts, there + place, coming_left);
        STORE_FOUR(rights, there + place, coming_right);
        BARRIER();
    }

    UNROLL_WARP
    for (int i = 0; i < 2; i++)
    {
        UNROLL_WARP
        for (int j = 0; j < 8; j++)
        {
            UNROLL_WARP
            for (int e = 0; e < 4; e++)
            {
                int row = first_row + (warp & 3) * 32 + i * 16 + (e >> 1) * 8 + g;
                int column = first_column + (warp >> 2) * 64 + j * 8 + 2 * t + (e & 1);
                if (row >= rows || column >= 4 * right_fours) continue;
                GLOBAL float* target = products + (((U64)GROUP_ID(1) * (U64)rows + (U64)row) * 4u * (U64)right_fours + (U64)column);
                *target = accumulates ? FMA(*target, scales[column], sums[i][j][e]) : sums[i][j][e];
            }
        }
    }
}
