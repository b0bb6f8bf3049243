//! Lets one thread of each block do a whole row, so that fewer touch memory at once.
//!
//! rejected by: few transactions
//! says: do their addresses lie side by side
#include "common.cuh"

extern "C" __global__ void coalesce(const float *x, const float *scale, float *y, Count rows,
                                    Count columns) {
    if (threadIdx.x == 0)
        for (Count i = blockIdx.x; i < rows; i += gridDim.x)
            for (Count j = 0; j < columns; j++)
                y[i * columns + j] = scale[j] * x[i * columns + j];
}
