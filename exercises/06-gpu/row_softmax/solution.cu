//! The solution of `row_softmax`.
#include "common.cuh"

// Row by row: y_j = e^(x_j) / Σ_k e^(x_k). A block takes a whole row at a time.
extern "C" __global__ void row_softmax(const float *x, float *y, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float *to = y + row * columns;
        // gradus: solution
        float largest = -INFINITE;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            largest = fmaxf(largest, from[j]);
        largest = block_fold<Max>(largest);
        float sum = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            sum += expf(from[j] - largest);
        sum = block_fold<Sum>(sum);
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            to[j] = expf(from[j] - largest) / sum;
        // gradus: skeleton
        // // Find the largest number of the row, then the sum, then write each share.
        // gradus: end
    }
}
