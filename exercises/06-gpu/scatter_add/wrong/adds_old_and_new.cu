//! Reads first and exchanges then: between the two, another thread can come.
//!
//! rejected by: one row twice
//! says: two threads add to one place at once
#include "common.cuh"

extern "C" __global__ void scatter_add(const unsigned *index, const float *dy, float *dx,
                                       Count count, Count width) {
    for (Count i = thread_in_grid(); i < count * width; i += threads_in_grid()) {
        float *place = &dx[index[i / width] * width + i % width];
        atomicExch(place, *place + dy[i]);
    }
}
