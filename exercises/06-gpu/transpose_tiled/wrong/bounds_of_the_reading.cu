//! Asks in writing what it asked in reading: is the place that was read inside of `in`?
//!
//! rejected by: tiles that are cut off
//! says: in writing, the row must be below `columns`
#include "common.cuh"

#define TILE 32
#define ROWS 8

extern "C" __global__ void transpose_tiled(const float *in, float *out, Count rows, Count columns) {
    __shared__ float tile[TILE][TILE + 1];
    Count top = Count(blockIdx.y) * TILE, left = Count(blockIdx.x) * TILE;
    for (unsigned k = threadIdx.y; k < TILE; k += ROWS)
        if (top + k < rows && left + threadIdx.x < columns)
            tile[k][threadIdx.x] = in[(top + k) * columns + left + threadIdx.x];
    __syncthreads();
    for (unsigned k = threadIdx.y; k < TILE; k += ROWS)
        if (top + k < rows && left + threadIdx.x < columns)
            out[(left + k) * rows + top + threadIdx.x] = tile[threadIdx.x][k];
}
