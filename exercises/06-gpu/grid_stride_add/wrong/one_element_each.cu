//! Checks the bound, and goes home after one element.
//!
//! rejected by: more elements than threads
//! says: each thread goes on in steps
#include "common.cuh"

extern "C" __global__ void grid_stride_add(const float *a, const float *b, float *sum,
                                           Count count) {
    Count i = Count(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i < count)
        sum[i] = a[i] + b[i];
}
