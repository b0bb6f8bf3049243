//! Adds up the 32 threads of a warp, and takes the first warp for all.
//!
//! rejected by: longer than a warp
//! says: this is the sum of the first 32 threads
#include "common.cuh"

#define THREADS 256

extern "C" __global__ void block_reduce(const float *in, float *out, Count columns) {
    __shared__ float partial[THREADS];
    const float *row = in + blockIdx.x * columns;
    float sum = 0;
    for (Count j = threadIdx.x; j < columns; j += THREADS)
        sum += row[j];
    for (int step = 16; step > 0; step /= 2)
        sum += __shfl_xor_sync(0xffffffffu, sum, step);
    if (threadIdx.x == 0)
        out[blockIdx.x] = sum;
}
