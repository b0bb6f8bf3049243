// Comparisons, labels and masks: what gives whole numbers, and what is made of them.
//
// A mask is a word of 32 bits for each element, 0 or 1. Every comparison with NaN is false, as
// everywhere.
#include "common.cuh"

// The table at the end reads: the name, a op b. From each line come, for f32 and for u32, a kernel
// for arrays that lie row after row and one for views:
//
//   NAME_f32 (a, b, y, count)    NAME_f32_strided (a, layout, b, layout, y, count)
#define KERNELS(name, Number, op)                                                                  \
    extern "C" __global__ void name(const Number *a, const Number *b, unsigned *y, Count count) {  \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid())                        \
            y[i] = a[i] op b[i];                                                                   \
    }                                                                                              \
    extern "C" __global__ void name##_strided(const Number *a, Layout a_layout, const Number *b,   \
                                              Layout b_layout, unsigned *y, Count count) {         \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid())                        \
            y[i] = a[place(a_layout, i)] op b[place(b_layout, i)];                                 \
    }
#define COMPARISON(name, op)                                                                       \
    KERNELS(name##_f32, float, op)                                                                 \
    KERNELS(name##_u32, unsigned, op)

COMPARISON(equal, ==)
COMPARISON(less, <)
COMPARISON(greater, >)

// y[i] = x[i] as f32: exact up to 2²⁴.
extern "C" __global__ void cast(const unsigned *x, float *y, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        y[i] = float(x[i]);
}

// y[i, c] = 1 where c = label[i], else 0; y [rows, classes]. A label that is not below `classes`
// gives a row of NaN: a kernel cannot refuse.
extern "C" __global__ void one_hot(const unsigned *label, float *y, Count rows, Count classes) {
    for (Count i = thread_in_grid(); i < rows * classes; i += threads_in_grid()) {
        unsigned own = label[i / classes];
        y[i] = own >= classes ? NOT_A_NUMBER : own == i % classes;
    }
}

// Whether element i, which is x, comes before element j, which is y, as the largest: it is larger,
// or as large and earlier. A NaN is larger than everything else.
__device__ __forceinline__ bool before(float x, Count i, float y, Count j) {
    bool larger = x > y || (is_nan(x) && !is_nan(y));
    bool smaller = y > x || (is_nan(y) && !is_nan(x));
    return larger || (!smaller && i < j);
}

// y[row] = where the largest element of x[row, ..] stands: the first of several, the first NaN if
// there is one; x [rows, columns], columns at least 1. A warp for a row: blocks of 32 threads.
extern "C" __global__ void argmax_rows(const float *x, unsigned *y, Count rows, Count columns) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *from = x + row * columns;
        // A lane beyond the end holds the last element, which changes nothing.
        unsigned best = threadIdx.x < columns ? threadIdx.x : columns - 1;
        for (Count j = threadIdx.x + 32; j < columns; j += 32)
            if (before(from[j], j, from[best], best))
                best = j;
        for (int step = 16; step > 0; step /= 2) {
            unsigned other = __shfl_xor_sync(FULL_WARP, best, step);
            if (before(from[other], other, from[best], best))
                best = other;
        }
        if (threadIdx.x == 0)
            y[row] = best;
    }
}
