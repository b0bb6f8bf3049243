//! Lets all threads add to one number, in whatever order they come.
//!
//! rejected by: the same bits every time
//! says: the order of atomic additions is another in every run
#include "common.cuh"

#define THREADS 256

extern "C" __global__ void block_reduce(const float *in, float *out, Count columns) {
    __shared__ float partial[THREADS];
    const float *row = in + blockIdx.x * columns;
    float sum = 0;
    for (Count j = threadIdx.x; j < columns; j += THREADS)
        sum += row[j];
    if (threadIdx.x == 0)
        partial[0] = 0;
    __syncthreads();
    atomicAdd(&partial[0], sum);
    __syncthreads();
    if (threadIdx.x == 0)
        out[blockIdx.x] = partial[0];
}
