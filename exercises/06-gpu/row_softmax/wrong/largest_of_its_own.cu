//! Takes off the largest number that this thread has met, and not that of the row.
//!
//! rejected by: three numbers
//! says: every thread must take off the same number
#include "common.cuh"

extern "C" __global__ void row_softmax(const float *x, float *y, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float *to = y + row * columns;
        float largest = -INFINITE;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            largest = fmaxf(largest, from[j]);
        float sum = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            sum += expf(from[j] - largest);
        sum = block_fold<Sum>(sum);
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            to[j] = expf(from[j] - largest) / sum;
    }
}
