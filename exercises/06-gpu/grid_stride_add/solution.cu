//! The solution of `grid_stride_add`.
#include "common.cuh"

// sum[i] = a[i] + b[i] for all i < count.
extern "C" __global__ void grid_stride_add(const float *a, const float *b, float *sum,
                                           Count count) {
    // gradus: solution
    Count first = Count(blockIdx.x) * blockDim.x + threadIdx.x;
    Count step = Count(gridDim.x) * blockDim.x;
    for (Count i = first; i < count; i += step)
        sum[i] = a[i] + b[i];
    // gradus: skeleton
    // // Let thread t of T add the elements t, t + T, t + 2T, …
    // gradus: end
}
