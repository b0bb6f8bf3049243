//! Gives each thread one column, and forgets that a row can be longer than the block.
//!
//! rejected by: 5,000 columns
//! says: each thread goes on in steps of `blockDim.x`
#include "common.cuh"

extern "C" __global__ void row_softmax(const float *x, float *y, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float *to = y + row * columns;
        Count j = threadIdx.x;
        float own = j < columns ? from[j] : -INFINITE;
        float largest = block_fold<Max>(own);
        float share = expf(own - largest), sum = block_fold<Sum>(share);
        if (j < columns)
            to[j] = share / sum;
    }
}
