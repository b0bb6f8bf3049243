//! Gives a block a row, and each of its threads a stretch of it.
//!
//! rejected by: few transactions
//! says: do their addresses lie side by side
#include "common.cuh"

extern "C" __global__ void coalesce(const float *x, const float *scale, float *y, Count rows,
                                    Count columns) {
    Count each = (columns + blockDim.x - 1) / blockDim.x;
    for (Count i = blockIdx.x; i < rows; i += gridDim.x)
        for (Count j = threadIdx.x * each; j < (threadIdx.x + 1) * each && j < columns; j++)
            y[i * columns + j] = scale[j] * x[i * columns + j];
}
