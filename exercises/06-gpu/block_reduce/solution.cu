//! The solution of `block_reduce`.
#include "common.cuh"

// Each block adds up one row: out[b] = Σ_j in[b, j].
#define THREADS 256

extern "C" __global__ void block_reduce(const float *in, float *out, Count columns) {
    __shared__ float partial[THREADS];
    const float *row = in + blockIdx.x * columns;
    float sum = 0;
    for (Count j = threadIdx.x; j < columns; j += THREADS)
        sum += row[j];
    // Now each thread has a sum of its own. Together they are the row's.
    // gradus: solution
    partial[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned half = THREADS / 2; half > 0; half /= 2) {
        if (threadIdx.x < half)
            partial[threadIdx.x] += partial[threadIdx.x + half];
        __syncthreads();
    }
    if (threadIdx.x == 0)
        out[blockIdx.x] = partial[0];
    // gradus: skeleton
    // // Put the sums into `partial`, and add up halves: 128 threads, 64, 32, …, 1.
    // gradus: end
}
