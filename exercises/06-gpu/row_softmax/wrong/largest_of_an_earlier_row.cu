//! Begins with -INFINITE before the first row only: the largest of a row outlives it.
//!
//! rejected by: more rows than blocks
//! says: each row begins anew
#include "common.cuh"

extern "C" __global__ void row_softmax(const float *x, float *y, Count rows, Count columns) {
    float largest = -INFINITE;
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float *to = y + row * columns;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            largest = fmaxf(largest, from[j]);
        largest = block_fold<Max>(largest);
        float sum = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            sum += expf(from[j] - largest);
        sum = block_fold<Sum>(sum);
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            to[j] = expf(from[j] - largest) / sum;
    }
}
