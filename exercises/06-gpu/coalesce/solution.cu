//! The solution of `coalesce`.
#include "common.cuh"

// y[i, j] = scale[j] * x[i, j] for all i < rows and j < columns, row after row in memory.
extern "C" __global__ void coalesce(const float *x, const float *scale, float *y, Count rows,
                                    Count columns) {
    // gradus: solution
    for (Count i = blockIdx.x; i < rows; i += gridDim.x)
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            y[i * columns + j] = scale[j] * x[i * columns + j];
    // gradus: skeleton
    // // Right, and slow: each thread takes rows of its own. Who touches neighbours in memory?
    // for (Count i = thread_in_grid(); i < rows; i += threads_in_grid())
    //     for (Count j = 0; j < columns; j++)
    //         y[i * columns + j] = scale[j] * x[i * columns + j];
    // gradus: end
}
