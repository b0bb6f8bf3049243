//! Puts together what a warp has found, and leaves out the other warps.
//!
//! rejected by: longer than a warp
//! says: more than one warp works on a row
#include "common.cuh"

extern "C" __global__ void row_softmax(const float *x, float *y, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float *to = y + row * columns;
        float largest = -INFINITE;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            largest = fmaxf(largest, from[j]);
        largest = block_fold<Max>(largest);
        float sum = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            sum += expf(from[j] - largest);
        sum = warp_fold<Sum>(sum);
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            to[j] = expf(from[j] - largest) / sum;
    }
}
