// Softmax, its logarithm, and log-sum-exp along the last axis, forward and backward.
//
// One block takes one row, [columns] of [rows, columns], then the row a whole grid further on. It
// passes over the row as often as it needs numbers from all of it, and a row may be of any length:
// no thread keeps more than one number of it. Between passes the block puts together what its
// threads found (`block_fold`).
#include "common.cuh"

// ANCHOR: over
// f(j) of every column j of a row, put together.
template <class Fold, class Function>
__device__ __forceinline__ float over(Count columns, Function f) {
    float result = Fold::nothing();
    for (Count j = threadIdx.x; j < columns; j += blockDim.x)
        result = Fold::of(result, f(j));
    return block_fold<Fold>(result);
}
// ANCHOR_END: over

// f(j) for every column j of a row.
template <class Function> __device__ __forceinline__ void each(Count columns, Function f) {
    for (Count j = threadIdx.x; j < columns; j += blockDim.x)
        f(j);
}

// What is taken off before the exponential, so that it cannot overflow: the largest of a row, or 0
// where that is no finite number.
__device__ __forceinline__ float shift(const float *x, Count columns) {
    float m = over<Max>(columns, [=](Count j) { return x[j]; });
    return fabsf(m) < INFINITE ? m : 0;
}

// Σⱼ e^(xⱼ − m): at least 1, from the largest, unless all are −∞; then 0.
__device__ __forceinline__ float total(const float *x, Count columns, float m) {
    return over<Sum>(columns, [=](Count j) { return expf(x[j] - m); });
}

#define FOR_EACH_ROW for (Count row = blockIdx.x; row < rows; row += gridDim.x)

// yᵢ = e^(xᵢ − m) / Σⱼ e^(xⱼ − m).  A row of −∞ alone gives zeros: there is nothing to share.
// ANCHOR: softmax
extern "C" __global__ void softmax_value(const float *x, float *y, Count rows,
                                         Count columns) {
    FOR_EACH_ROW {
        const float *from = x + row * columns;
        float m = shift(from, columns), sum = total(from, columns, m);
        each(columns, [=](Count j) {
            y[row * columns + j] = sum == 0 ? 0 : expf(from[j] - m) / sum;
        });
    }
}
// ANCHOR_END: softmax

// dxᵢ = yᵢ (dyᵢ − Σⱼ yⱼ dyⱼ)
extern "C" __global__ void softmax_slope(const float *y, const float *dy, float *dx, Count rows,
                                         Count columns) {
    FOR_EACH_ROW {
        const float *share = y + row * columns, *up = dy + row * columns;
        float mean = over<Sum>(columns, [=](Count j) { return share[j] * up[j]; });
        each(columns, [=](Count j) { dx[row * columns + j] = share[j] * (up[j] - mean); });
    }
}

// yᵢ = (xᵢ − m) − ln Σⱼ e^(xⱼ − m).  Large numbers are subtracted from each other first:
// xᵢ − (m + ln Σ) would round away the logarithm.
extern "C" __global__ void log_softmax_value(const float *x, float *y, Count rows, Count columns) {
    FOR_EACH_ROW {
        const float *from = x + row * columns;
        float m = shift(from, columns), sum = total(from, columns, m);
        float ln = sum == 0 ? 0 : logf(sum);
        each(columns, [=](Count j) { y[row * columns + j] = (from[j] - m) - ln; });
    }
}

// dxᵢ = dyᵢ − eʸⁱ Σⱼ dyⱼ
extern "C" __global__ void log_softmax_slope(const float *y, const float *dy, float *dx, Count rows,
                                             Count columns) {
    FOR_EACH_ROW {
        const float *ln = y + row * columns, *up = dy + row * columns;
        float all = over<Sum>(columns, [=](Count j) { return up[j]; });
        each(columns, [=](Count j) { dx[row * columns + j] = up[j] - expf(ln[j]) * all; });
    }
}

// y = m + ln Σⱼ e^(xⱼ − m), one for a row: −∞ over nothing and over −∞ alone.
extern "C" __global__ void logsumexp_value(const float *x, float *y, Count rows, Count columns) {
    FOR_EACH_ROW {
        const float *from = x + row * columns;
        float m = shift(from, columns), sum = total(from, columns, m);
        if (threadIdx.x == 0)
            y[row] = m + logf(sum);
    }
}

// dxᵢ = dy e^(xᵢ − m) / Σⱼ e^(xⱼ − m), with one dy for a row: softmax, computed again from x.
extern "C" __global__ void logsumexp_slope(const float *x, const float *dy, float *dx, Count rows,
                                           Count columns) {
    FOR_EACH_ROW {
        const float *from = x + row * columns;
        float m = shift(from, columns), sum = total(from, columns, m);
        each(columns, [=](Count j) {
            dx[row * columns + j] = dy[row] * (sum == 0 ? 0 : expf(from[j] - m) / sum);
        });
    }
}
