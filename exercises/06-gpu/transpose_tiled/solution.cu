//! The solution of `transpose_tiled`.
#include "common.cuh"

// out[j, i] = in[i, j]. A block of 32 × 8 threads takes a tile of 32 × 32, blockIdx.y from the top
// and blockIdx.x from the left; the grid covers the matrix.
#define TILE 32
#define ROWS 8

extern "C" __global__ void transpose_tiled(const float *in, float *out, Count rows, Count columns) {
    // gradus: solution
    __shared__ float tile[TILE][TILE + 1];
    Count x = blockIdx.x * TILE + threadIdx.x, y = blockIdx.y * TILE + threadIdx.y;
    for (unsigned k = 0; k < TILE; k += ROWS)
        if (x < columns && y + k < rows)
            tile[threadIdx.y + k][threadIdx.x] = in[(y + k) * columns + x];
    __syncthreads();
    x = blockIdx.y * TILE + threadIdx.x;
    y = blockIdx.x * TILE + threadIdx.y;
    for (unsigned k = 0; k < TILE; k += ROWS)
        if (x < rows && y + k < columns)
            out[(y + k) * rows + x] = tile[threadIdx.x][threadIdx.y + k];
    // gradus: skeleton
    // // Read the tile into shared memory, row after row; then write it, row after row of `out`.
    // gradus: end
}
