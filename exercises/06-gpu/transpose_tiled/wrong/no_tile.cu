//! Writes each number straight to its place.
//!
//! rejected by: neighbours side by side
//! says: both reading and writing should touch neighbours
#include "common.cuh"

#define TILE 32
#define ROWS 8

extern "C" __global__ void transpose_tiled(const float *in, float *out, Count rows, Count columns) {
    Count x = blockIdx.x * TILE + threadIdx.x, y = blockIdx.y * TILE + threadIdx.y;
    for (unsigned k = 0; k < TILE; k += ROWS)
        if (x < columns && y + k < rows)
            out[x * rows + y + k] = in[(y + k) * columns + x];
}
