//! Reads from the tile before the other warps have written to it.
//!
//! rejected by: one tile
//! says: is a `__syncthreads()` missing between the two
#include "common.cuh"

#define TILE 32
#define ROWS 8

extern "C" __global__ void transpose_tiled(const float *in, float *out, Count rows, Count columns) {
    __shared__ float tile[TILE][TILE + 1];
    Count x = blockIdx.x * TILE + threadIdx.x, y = blockIdx.y * TILE + threadIdx.y;
    for (unsigned k = 0; k < TILE; k += ROWS)
        if (x < columns && y + k < rows)
            tile[threadIdx.y + k][threadIdx.x] = in[(y + k) * columns + x];
    x = blockIdx.y * TILE + threadIdx.x;
    y = blockIdx.x * TILE + threadIdx.y;
    for (unsigned k = 0; k < TILE; k += ROWS)
        if (x < rows && y + k < columns)
            out[(y + k) * rows + x] = tile[threadIdx.x][threadIdx.y + k];
}
