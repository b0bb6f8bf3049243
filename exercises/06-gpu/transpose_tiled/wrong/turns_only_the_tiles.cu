//! Puts each tile to its new place, and does not turn what is inside.
//!
//! rejected by: one tile
//! says: the tile itself must be turned
#include "common.cuh"

#define TILE 32
#define ROWS 8

extern "C" __global__ void transpose_tiled(const float *in, float *out, Count rows, Count columns) {
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
            out[(y + k) * rows + x] = tile[threadIdx.y + k][threadIdx.x];
}
