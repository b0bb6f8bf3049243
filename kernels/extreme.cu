// Backward of the largest and the smallest element: the gradient goes to the element that was
// found. Where k of them are equal there is a kink; they share the gradient, so that no result
// depends on their order:  dx[i] = dy / k where x[i] = y, else 0.  A NaN is always found.
#include "common.cuh"

__device__ __forceinline__ bool found(float x, float y) {
    return x == y || is_nan(x);
}

// Along the last axis: x, dx [rows, columns]; y, dy [rows]. A block for a row: it counts, then
// deals out.
extern "C" __global__ void extreme_rows_slope(const float *x, const float *y, const float *dy,
                                              float *dx, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float k = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            k += found(from[j], y[row]);
        k = block_fold<Sum>(k);
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            dx[row * columns + j] = found(from[j], y[row]) ? dy[row] / k : 0;
    }
}

// Along the middle axis: x, dx [outer, n, inner]; y, dy [outer, inner]. A thread for a column.
extern "C" __global__ void extreme_columns_slope(const float *x, const float *y, const float *dy,
                                                 float *dx, Count outer, Count n, Count inner) {
    for (Count i = thread_in_grid(); i < outer * inner; i += threads_in_grid()) {
        Count first = i / inner * n * inner + i % inner;
        float k = 0;
        for (Count j = 0; j < n; j++)
            k += found(x[first + j * inner], y[i]);
        for (Count j = 0; j < n; j++)
            dx[first + j * inner] = found(x[first + j * inner], y[i]) ? dy[i] / k : 0;
    }
}
