//! Halves again before the others have added.
//!
//! rejected by: three numbers
//! says: and the next one until all have added
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
    for (unsigned half = THREADS / 2; half > 0; half /= 2)
        if (threadIdx.x < half)
            partial[threadIdx.x] += partial[threadIdx.x + half];
    if (threadIdx.x == 0)
        out[blockIdx.x] = partial[0];
}
