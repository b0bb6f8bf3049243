//! Begins the largest number with 0, which a row of negative numbers never reaches.
//!
//! rejected by: large numbers
//! says: a maximum begins with -INFINITE
#include "common.cuh"

extern "C" __global__ void row_softmax(const float *x, float *y, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float *to = y + row * columns;
        float largest = 0;
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
