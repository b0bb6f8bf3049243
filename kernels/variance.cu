// Variance along the last axis, forward and backward: y = Σ (xᵢ − μ)² / divisor, dx = dy 2 (x − μ) /
// divisor. The divisor is the number of columns, or one less for an unbiased estimate.
//
// Two passes, the mean first. E x² − μ² would need one, and take the difference of two large
// numbers when μ is large: little would be left of it.
#include "common.cuh"

// x [rows, columns]; y, mean [rows]. A block for a row.
extern "C" __global__ void var_value(const float *x, float *y, float *mean, Count rows,
                                     Count columns, float divisor) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        float sum = 0, squares = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            sum += from[j];
        float mu = block_fold<Sum>(sum) / columns;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            squares += (from[j] - mu) * (from[j] - mu);
        squares = block_fold<Sum>(squares);
        if (threadIdx.x == 0) {
            y[row] = squares / divisor;
            mean[row] = mu;
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
