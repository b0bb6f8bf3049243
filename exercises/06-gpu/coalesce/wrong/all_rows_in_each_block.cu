//! Lets neighbours touch neighbours, and each block do all the rows.
//!
//! rejected by: few transactions
//! says: some products are made more than once
#include "common.cuh"

extern "C" __global__ void coalesce(const float *x, const float *scale, float *y, Count rows,
                                    Count columns) {
    for (Count i = 0; i < rows; i++)
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            y[i * columns + j] = scale[j] * x[i * columns + j];
}
