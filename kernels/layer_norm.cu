// Layer normalisation of each row, forward and backward:
//
//   y = gain x̂ + bias,   x̂ = r (x − μ),   r = 1 / √(σ² + ε);   x, y [rows, D], gain, bias [D]
//   with dx̂ = dy gain:   dx = r (dx̂ − mean(dx̂) − x̂ mean(dx̂ x̂)), the means within each row
//   dgain = Σ dy x̂,   dbias = Σ dy, over all rows
//
// Forward and dx go along rows: a block takes a row. The gradients of gain and bias go along
// columns, across all rows; they get a kernel of their own with the pattern of `sum_columns`, so
// that no two threads add to one place and the order of each sum is fixed.
#include "common.cuh"

// Keeps μ and r of each row; x̂ is computed again where it is needed.
extern "C" __global__ void layer_norm_value(const float *x, const float *gain, const float *bias,
                                            float *y, float *mean, float *scale, Count rows,
                                            Count columns, float epsilon) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        Moments found = moments(from, columns);
        float mu = found.mean, r = 1 / sqrtf(found.squares / columns + epsilon);
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            y[row * columns + j] = (from[j] - mu) * r * gain[j] + bias[j];
        if (threadIdx.x == 0) {
            mean[row] = mu;
            scale[row] = r;
        }
    }
}

extern "C" __global__ void layer_norm_slope(const float *x, const float *gain, const float *mean,
                                            const float *scale, const float *dy, float *dx,
                                            Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns, *up = dy + row * columns;
        float mu = mean[row], r = scale[row], across = 0, along = 0;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x) {
            float dn = up[j] * gain[j];
            across += dn;
            along += dn * ((from[j] - mu) * r);
        }
        across = block_fold<Sum>(across) / columns;
        along = block_fold<Sum>(along) / columns;
        for (Count j = threadIdx.x; j < columns; j += blockDim.x) {
            float normal = (from[j] - mu) * r;
            dx[row * columns + j] = (up[j] * gain[j] - across - normal * along) * r;
        }
    }
}

// A block of 32 × 8 threads takes 32 columns, and its eight warps share the rows.
extern "C" __global__ void layer_norm_slope_gain_bias(const float *x, const float *mean,
                                                      const float *scale, const float *dy,
                                                      float *dgain, float *dbias, Count rows,
                                                      Count columns) {
    __shared__ float gains[8][32], biases[8][32];
    unsigned lane = threadIdx.x, warp = threadIdx.y;
    for (Count first = Count(blockIdx.x) * 32; first < columns; first += Count(gridDim.x) * 32) {
        Count column = first + lane;
        float gain = 0, bias = 0;
        if (column < columns)
            for (Count row = warp; row < rows; row += 8) {
                Count i = row * columns + column;
                gain += dy[i] * ((x[i] - mean[row]) * scale[row]);
                bias += dy[i];
            }
        gains[warp][lane] = gain;
        biases[warp][lane] = bias;
        __syncthreads();
        if (warp == 0 && column < columns) {
            for (int other = 1; other < 8; other++) {
                gain += gains[other][lane];
                bias += biases[other][lane];
            }
            dgain[column] = gain;
            dbias[column] = bias;
        }
        __syncthreads(); // the next columns write where these read
    }
}
