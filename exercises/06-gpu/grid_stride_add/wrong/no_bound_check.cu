//! Lets every thread add one element, without asking whether there is one.
//!
//! rejected by: more threads than elements
//! says: is `i < count` checked before this access
#include "common.cuh"

extern "C" __global__ void grid_stride_add(const float *a, const float *b, float *sum,
                                           Count count) {
    Count i = Count(blockIdx.x) * blockDim.x + threadIdx.x;
    sum[i] = a[i] + b[i];
}
