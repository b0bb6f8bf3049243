//! Counts the threads of each block from 0.
//!
//! rejected by: as many elements as threads
//! says: a thread's number counts the threads of the blocks before its own
#include "common.cuh"

extern "C" __global__ void grid_stride_add(const float *a, const float *b, float *sum,
                                           Count count) {
    Count step = Count(gridDim.x) * blockDim.x;
    for (Count i = threadIdx.x; i < count; i += step)
        sum[i] = a[i] + b[i];
}
