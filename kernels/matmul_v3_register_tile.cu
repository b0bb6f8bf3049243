// C = A B, third version: a tile of C in the registers of every thread, and loads four wide.
//
// What changes: a block computes 64 × 64 of C, and each of its 256 threads 4 × 4 of these. For a
// step along K a thread reads four numbers of A and four of B from shared memory, as one `float4`
// each, and makes sixteen products of them. What it buys: version 2 read two numbers from shared
// memory for each product, this reads half a number; and from global memory every number is used
// 64 times.
//
// Both tiles lie in shared memory as [step along K][row of A, or column of B], so that the four
// numbers of a thread are neighbours. One function loads either: an element of a tile is
// `from[l · along + x · across]`, whatever strides that means.
#include "common.cuh"

#define TILE 64
#define STEPS 16 // of K in a round
#define PAD 4    // a tile's rows begin in other banks; still a multiple of 16 bytes

struct Tile {
    float at[STEPS][TILE + PAD];
};

// Which direction of a matrix lies element after element, so that `float4` may be read.
enum Wide { NONE, ALONG, ACROSS };

__device__ __forceinline__ Wide wide(const float *from, Count along, Count across) {
    bool aligned = (unsigned long long)from % 16 == 0;
    return aligned && across == 1 && along % 4 == 0   ? ACROSS
           : aligned && along == 1 && across % 4 == 0 ? ALONG
                                                      : NONE;
}

// The steps l0 … l0 + 15 of rows (or columns) x0 … x0 + 63, zeros beyond the edges. Each thread
// loads four numbers: as one, where the matrix allows it and no edge is near.
__device__ __forceinline__ void load(Tile &tile, const float *from, Count along, Count across,
                                     Count l0, Count x0, Count steps, Count size, Wide wide) {
    unsigned t = threadIdx.x;
    if (wide == ACROSS) { // 16 threads for the 64 numbers of a step
        unsigned l = t / 16, x = t % 16 * 4;
        if (l0 + l < steps && x0 + x + 3 < size) {
            const float *four = from + (l0 + l) * along + (x0 + x);
            *(float4 *)&tile.at[l][x] = *(const float4 *)four;
            return;
        }
        for (unsigned i = 0; i < 4; i++)
            tile.at[l][x + i] = l0 + l < steps && x0 + x + i < size
                                    ? from[(l0 + l) * along + (x0 + x + i)]
                                    : 0;
    } else { // 4 threads for the 16 steps of a row
        unsigned l = t % 4 * 4, x = t / 4;
        const float *four = from + (l0 + l) * along + (x0 + x) * across;
        if (wide == ALONG && l0 + l + 3 < steps && x0 + x < size) {
            float4 read = *(const float4 *)four;
            tile.at[l][x] = read.x, tile.at[l + 1][x] = read.y;
            tile.at[l + 2][x] = read.z, tile.at[l + 3][x] = read.w;
            return;
        }
        for (unsigned i = 0; i < 4; i++)
            tile.at[l + i][x] =
                l0 + l + i < steps && x0 + x < size ? four[i * along] : 0;
    }
}

// Blocks of 256; grid.x counts tiles of columns, grid.y tiles of rows, grid.z matrices.
extern "C" __global__ void matmul_v3_register_tile(const float *a, Steps a_steps, const float *b,
                                                   Steps b_steps, float *c, Count m, Count k,
                                                   Count n) {
    __shared__ __align__(16) Tile a_tile, b_tile;
    unsigned row = threadIdx.x / 16 * 4, column = threadIdx.x % 16 * 4; // of this thread, in the tile
    Count i0 = Count(blockIdx.y) * TILE, j0 = Count(blockIdx.x) * TILE;
    a += blockIdx.z * a_steps.matrix;
    b += blockIdx.z * b_steps.matrix;
    Wide a_wide = wide(a, a_steps.column, a_steps.row), b_wide = wide(b, b_steps.row, b_steps.column);
    float sums[4][4] = {{0}};
    for (Count l0 = 0; l0 < k; l0 += STEPS) {
        load(a_tile, a, a_steps.column, a_steps.row, l0, i0, k, m, a_wide);
        load(b_tile, b, b_steps.row, b_steps.column, l0, j0, k, n, b_wide);
        __syncthreads(); // both tiles are whole
#pragma unroll
        for (int l = 0; l < STEPS; l++) {
            float4 p = *(const float4 *)&a_tile.at[l][row];
            float4 q = *(const float4 *)&b_tile.at[l][column];
            float left[4] = {p.x, p.y, p.z, p.w}, right[4] = {q.x, q.y, q.z, q.w};
#pragma unroll
            for (int i = 0; i < 4; i++)
#pragma unroll
                for (int j = 0; j < 4; j++)
                    sums[i][j] += left[i] * right[j];
        }
        __syncthreads(); // nobody reads them any more
    }
#pragma unroll
    for (int i = 0; i < 4; i++)
#pragma unroll
        for (int j = 0; j < 4; j++)
            if (i0 + row + i < m && j0 + column + j < n)
                c[(blockIdx.z * m + i0 + row + i) * n + j0 + column + j] = sums[i][j];
}
