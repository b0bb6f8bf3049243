//! Exchanges rows and columns everywhere, in the places as well.
//!
//! rejected by: a small matrix
//! says: row `i` begins at `i * columns`
#include "common.cuh"

extern "C" __global__ void coalesce(const float *x, const float *scale, float *y, Count rows,
                                    Count columns) {
    for (Count j = blockIdx.x; j < columns; j += gridDim.x)
        for (Count i = threadIdx.x; i < rows; i += blockDim.x)
            y[j * rows + i] = scale[j] * x[j * rows + i];
}
