/* Dense products in single precision. Tiles of 128 x 128 sums are made by 256 threads of 8 x 8 each; slices of 8 terms wait in local
   memory, the next one on its way while the present one is multiplied. A sum runs through its terms in their order, one fused multiply-add
   each, so that a vector's product with itself has the bits of a plain loop's squared norm. */
#undef LEAST_GROUPS
#define LEAST_GROUPS , 2

#define TILE 128
#define SLICE 8

/* Four neighbours are loaded at once, so lengths of rows are counted in fours. */
#define TILE_FOURS (TILE / 4)
#define SLICE_FOURS (SLICE * TILE_FOURS)

/* sums[i][j] += left[i] right[j] for four right ones. */
#define ADD_FOUR(i, l, j, r) \
    sums[i][j] = FMA(l, r.x, sums[i][j]); \
    sums[i][j + 1] = FMA(l, r.y, sums[i][j + 1]); \
    sums[i][j + 2] = FMA(l, r.z, sums[i][j + 2]); \
    sums[i][j + 3] = FMA(l, r.w, sums[i][j + 3]);

#define ADD_EIGHT(i, l) ADD_FOUR(i, l, 0, right0) ADD_FOUR(i, l, 4, right1)

/* products[part][r][c] = sum over the terms k of the part of left[k][r] right[k][c]; with accumulates, plus scales[c] times what is there.
   The first dimension of the grid counts tiles, rows fastest, the second the parts of the sum. What lies beyond a matrix is not read but
   replaced by what lies at its edge, and not written. */
KERNEL(tile_product, 256)(
    GLOBAL Float4* RESTRICT products, GLOBAL const Float4* RESTRICT left, GLOBAL const Float4* RESTRICT right,
    GLOBAL const Float4* RESTRICT scales,
    U64 left_at, U64 right_at, int rows, int left_fours, int right_fours, int depth, int part, int accumulates)
{
    LOCAL_ARRAY(Float4, lefts, 2 * SLICE_FOURS);
    LOCAL_ARRAY(Float4, rights, 2 * SLICE_FOURS);
    int tiles = (rows + TILE - 1) / TILE;
    int first_row = GROUP_ID(0) % tiles * TILE, first_four = GROUP_ID(0) / tiles * TILE_FOURS;
    int from = GROUP_ID(1) * part;
    int slices = ((from + part < depth ? from + part : depth) - from) / SLICE;
    /* A part that is empty reads where there is something, and adds nothing. */
    if (slices <= 0) from = 0;

    /* Which four this thread brings: a warp brings the 128 of one term. */
    int term = LOCAL_ID >> 5, four = LOCAL_ID & 31;
    int left_four = first_row / 4 + four < left_fours ? first_row / 4 + four : left_fours - 1;
    int right_four = first_four + four < right_fours ? first_four + four : right_fours - 1;
    GLOBAL const Float4* next_left = left + (left_at + (U64)(from + term) * (U64)left_fours + (U64)left_four);
    GLOBAL const Float4* next_right = right + (right_at + (U64)(from + term) * (U64)right_fours + (U64)right_four);

    /* Which sums are its own: rows 0-3 and 16-19 from here, columns 0-3 and 32-35; a warp has 32 x 64, its reads no conflict. */
    int own_left = (LOCAL_ID >> 5 & 3) * 8 + (LOCAL_ID >> 3 & 3), own_right = (LOCAL_ID >> 7) * 16 + (LOCAL_ID & 7);
    float sums[8][8];
    UNROLL
    for (int i = 0; i < 8; i++)
    {
        UNROLL
        for (int j = 0; j < 8; j++) sums[i][j] = 0.0f;
    }

    lefts[LOCAL_ID] = *next_left;
    rights[LOCAL_ID] = *next_right;
    BARRIER();
    for (int slice = 0; slice < slices; slice++)
    {
        int here = (slice & 1) * SLICE_FOURS, there = SLICE_FOURS - here;
        /* The last slice brings itself once more rather than what lies behind the matrix. */
        int further = slice + 1 < slices ? SLICE : 0;
        next_left += further * left_fours;
        next_right += further * right_fours;
        Float4 coming_left = *next_left, coming_right = *next_right;
        UNROLL
        for (int k = 0; k < SLICE; k++)
        {
            Float4 left0 = lefts[here + k * TILE_FOURS + own_left], left1 = lefts[here + k * TILE_FOURS + own_left + 4];
            Float4 right0 = rights[here + k * TILE_FOURS + own_right], right1 = rights[here + k * TILE_FOURS + own_right + 8];
            ADD_EIGHT(0, left0.x)
            ADD_EIGHT(1, left0.y)
            ADD_EIGHT(2, left0.z)
            ADD_EIGHT(3, left0.w)
            ADD_EIGHT(4, left1.x)
            ADD_EIGHT(5, left1.y)
            ADD_EIGHT(6, left1.z)
            ADD_EIGHT(7, left1.w)
        }
        lefts[there + LOCAL_ID] = coming_left;
        rights[there + LOCAL_ID] = coming_right;
        BARRIER();
    }

    UNROLL
    for (int i = 0; i < 8; i++)
    {
        int row = first_row + 4 * own_left + (i & 3) + (i >> 2) * 16;
        UNROLL
        for (int right_side = 0; right_side < 2; right_side++)
        {
            int column = first_four + own_right + 8 * right_side;
            if (row >= rows || column >= right_fours) continue;
            GLOBAL Float4* target = products + ((U64)GROUP_ID(1) * (U64)rows + (U64)row) * (U64)right_fours + (U64)column;
            Float4 sum;
            sum.x = sums[i][4 * right_side];
            sum.y = sums[i][4 * right_side + 1];
            sum.z = sums[i][4 * right_side + 2];
            sum.w = sums[i][4 * right_side + 3];
            if (accumulates)
            {
                Float4 before = *target, scale = scales[column];
                sum.x = FMA(before.x, scale.x, sum.x);
                sum.y = FMA(before.y, scale.y, sum.y);
                sum.z = FMA(before.z, scale.z, sum.z);
                sum.w = FMA(before.w, scale.w, sum.w);
            }
            *target = sum;
        }
    }
}
