//! Gives each thread a stretch of its own, as one would give it to a core of a processor.
//!
//! rejected by: neighbours side by side
//! says: the threads of a warp should touch neighbours
#include "common.cuh"

extern "C" __global__ void grid_stride_add(const float *a, const float *b, float *sum,
                                           Count count) {
    Count thread = Count(blockIdx.x) * blockDim.x + threadIdx.x;
    Count threads = Count(gridDim.x) * blockDim.x, each = (count + threads - 1) / threads;
    for (Count i = thread * each; i < (thread + 1) * each && i < count; i++)
        sum[i] = a[i] + b[i];
}
