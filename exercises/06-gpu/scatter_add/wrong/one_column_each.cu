//! Gives a row to a block and a column to a thread, and forgets that a row can be longer.
//!
//! rejected by: rows longer than a block
//! says: do the threads share all
#include "common.cuh"

extern "C" __global__ void scatter_add(const unsigned *index, const float *dy, float *dx,
                                       Count count, Count width) {
    Count j = threadIdx.x;
    for (Count i = blockIdx.x; i < count; i += gridDim.x)
        if (j < width)
            atomicAdd(&dx[index[i] * width + j], dy[i * width + j]);
}
