//! Goes on by the threads of one block, into what the next block has done already.
//!
//! rejected by: each element once
//! says: the step is the number of threads in the whole grid
#include "common.cuh"

extern "C" __global__ void grid_stride_add(const float *a, const float *b, float *sum,
                                           Count count) {
    Count first = Count(blockIdx.x) * blockDim.x + threadIdx.x;
    for (Count i = first; i < count; i += blockDim.x)
        sum[i] = a[i] + b[i];
}
