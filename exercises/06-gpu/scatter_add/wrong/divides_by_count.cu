//! Takes the number apart with the number of rows instead of their width.
//!
//! rejected by: each row once
//! says: the row is `i / width`, the column `i % width`
#include "common.cuh"

extern "C" __global__ void scatter_add(const unsigned *index, const float *dy, float *dx,
                                       Count count, Count width) {
    for (Count i = thread_in_grid(); i < count * width; i += threads_in_grid())
        atomicAdd(&dx[index[i % count] * width + i / count], dy[i]);
}
