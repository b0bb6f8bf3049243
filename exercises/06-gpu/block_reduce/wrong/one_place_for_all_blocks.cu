//! Adds up rightly, and lets every block write to the place of the first.
//!
//! rejected by: three numbers
//! says: each block has a place of its own
#include "common.cuh"

#define THREADS 256

extern "C" __global__ void block_reduce(const float *in, float *out, Count columns) {
    __shared__ float partial[THREADS];
    const float *row = in + blockIdx.x * columns;
    float sum = 0;
    for (Count j = threadIdx.x; j < columns; j += THREADS)
        sum += row[j];
    partial[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned half = THREADS / 2; half > 0; half /= 2) {
        if (threadIdx.x < half)
            partial[threadIdx.x] += partial[threadIdx.x + half];
        __syncthreads();
    }
    if (threadIdx.x == 0)
        out[0] = partial[0];
}
