//! Takes it for granted that a block has 32 threads: larger blocks overlap.
//!
//! rejected by: each element once
//! says: the step is the number of threads in the whole grid
#include "common.cuh"

extern "C" __global__ void grid_stride_add(const float *a, const float *b, float *sum,
                                           Count count) {
    for (Count i = Count(blockIdx.x) * 32 + threadIdx.x; i < count; i += Count(gridDim.x) * 32)
        sum[i] = a[i] + b[i];
}
