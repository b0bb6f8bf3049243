// C = A B, second version: tiles in shared memory.
//
// What changes: the 256 threads of a block compute a tile of 16 × 16 of C together. In each round
// they fetch a tile of A and one of B, a number each, into shared memory, and then all read from
// there. What it buys: every number that is fetched from global memory is used 16 times; version 1
// fetched it 16 times.
//
// Two barriers in each round. Without the first, a thread would read what its neighbour has yet to
// write; without the second, a fast thread would write the next tile over the one that a slow
// thread still reads.
#include "common.cuh"

#define TILE 16

// Blocks of 16 × 16; grid.x counts tiles of columns, grid.y tiles of rows, grid.z matrices. Where
// a tile reaches over the edge it has zeros, and a thread whose element of C is not there fetches
// and waits with the others but writes nothing.
extern "C" __global__ void matmul_v2_tiled(const float *a, Steps a_steps, const float *b,
                                           Steps b_steps, float *c, Count m, Count k, Count n) {
    __shared__ float a_tile[TILE][TILE], b_tile[TILE][TILE];
    unsigned x = threadIdx.x, y = threadIdx.y;
    Count i = Count(blockIdx.y) * TILE + y, j = Count(blockIdx.x) * TILE + x;
    a += blockIdx.z * a_steps.matrix;
    b += blockIdx.z * b_steps.matrix;
    float sum = 0;
    for (Count first = 0; first < k; first += TILE) {
        Count across = first + x, down = first + y;
        a_tile[y][x] = i < m && across < k ? a[i * a_steps.row + across * a_steps.column] : 0;
        b_tile[y][x] = down < k && j < n ? b[down * b_steps.row + j * b_steps.column] : 0;
        __syncthreads(); // both tiles are whole
#pragma unroll
        for (int l = 0; l < TILE; l++)
            sum += a_tile[y][l] * b_tile[l][x];
        __syncthreads(); // nobody reads them any more
    }
    if (i < m && j < n)
        c[(blockIdx.z * m + i) * n + j] = sum;
}
