//! Gives a block a row and forgets that the row can be longer than the block.
//!
//! rejected by: rows longer than the block
//! says: each thread goes on in steps of `blockDim.x`
#include "common.cuh"

extern "C" __global__ void coalesce(const float *x, const float *scale, float *y, Count rows,
                                    Count columns) {
    for (Count i = blockIdx.x; i < rows; i += gridDim.x)
        if (threadIdx.x < columns)
            y[i * columns + threadIdx.x] = scale[threadIdx.x] * x[i * columns + threadIdx.x];
}
