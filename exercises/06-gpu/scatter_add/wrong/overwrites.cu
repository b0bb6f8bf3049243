//! Writes the number instead of adding it.
//!
//! rejected by: each row once
//! says: what was in `dx` before must stay in the sum
#include "common.cuh"

extern "C" __global__ void scatter_add(const unsigned *index, const float *dy, float *dx,
                                       Count count, Count width) {
    for (Count i = thread_in_grid(); i < count * width; i += threads_in_grid())
        dx[index[i / width] * width + i % width] = dy[i];
}
