//! Takes the exponential of the numbers as they are.
//!
//! rejected by: large numbers
//! says: subtract the largest number of the row first
#include "common.cuh"

extern "C" __global__ void row_softmax(const float *x, float *y, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float *to = y + row * columns;
        float sum = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            sum += expf(from[j]);
        sum = block_fold<Sum>(sum);
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            to[j] = expf(from[j]) / sum;
    }
}
