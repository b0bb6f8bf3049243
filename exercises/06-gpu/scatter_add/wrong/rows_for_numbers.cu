//! Ends after `count` numbers, and not after `count` rows.
//!
//! rejected by: each row once
//! says: nothing was added to some places
#include "common.cuh"

extern "C" __global__ void scatter_add(const unsigned *index, const float *dy, float *dx,
                                       Count count, Count width) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        atomicAdd(&dx[index[i / width] * width + i % width], dy[i]);
}
