//! Calls `block_fold` inside the loop, where some threads no longer come.
//!
//! rejected by: three numbers
//! says: all threads of the block must call `block_fold`
#include "common.cuh"

extern "C" __global__ void row_softmax(const float *x, float *y, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float *to = y + row * columns;
        float largest = -INFINITE;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            largest = block_fold<Max>(fmaxf(largest, from[j]));
        float sum = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            sum += expf(from[j] - largest);
        sum = block_fold<Sum>(sum);
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            to[j] = expf(from[j] - largest) / sum;
    }
}
