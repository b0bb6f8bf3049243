// Variance along the last axis, forward and backward: y = Σ (xᵢ − μ)² / divisor, dx = dy 2 (x − μ) /
// divisor. The divisor is the number of columns, or one less for an unbiased estimate.
#include "common.cuh"

// x [rows, columns]; y, mean [rows]. A block for a row.
extern "C" __global__ void var_value(const float *x, float *y, float *mean, Count rows,
                                     Count columns, float divisor) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        Moments found = moments(x + row * columns, columns);
        if (threadIdx.x == 0) {
            y[row] = found.squares / divisor;
            mean[row] = found.mean;
        }
    }
}

// dx [rows, columns]; mean, dy [rows]. A thread for an element. (μ depends on xᵢ too, but what
// comes by that way is a multiple of Σ (xⱼ − μ), which is 0.)
extern "C" __global__ void var_slope(const float *x, const float *mean, const float *dy, float *dx,
                                     Count rows, Count columns, float divisor) {
    for (Count i = thread_in_grid(); i < rows * columns; i += threads_in_grid())
        dx[i] = dy[i / columns] * (2 * (x[i] - mean[i / columns]) / divisor);
}
