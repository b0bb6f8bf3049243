//! The solution of `scatter_add`.
#include "common.cuh"

// dx[index[i], j] += dy[i, j] for all i < count and j < width.
extern "C" __global__ void scatter_add(const unsigned *index, const float *dy, float *dx,
                                       Count count, Count width) {
    // gradus: solution
    for (Count i = thread_in_grid(); i < count * width; i += threads_in_grid()) {
        Count row = index[i / width];
        atomicAdd(&dx[row * width + i % width], dy[i]);
    }
    // gradus: skeleton
    // // Add each number of dy to its place in dx; several may have the same place.
    // gradus: end
}
