// Picking by index, and its backward, adding by index.
//
//   gather        y[o, i, w] = x[o, index[o, i, w], w];  x [outer, size, inner], y [outer, along, inner]
//   index_select  y[i, w]    = x[index[i], w];           x [size, width], y [along, width]
//
// Both are one kernel, whose index either has an element for each of y's (gather) or one for a
// whole entry (index_select); so are their backward passes. An index that is not below `size` gives
// NaN forward: a kernel cannot refuse, and must not read elsewhere. Backward it adds nothing.
//
// Backward there is a choice. Several elements of dy may go to one place. `atomicAdd` lets all
// threads run at once, but the order in which they get there, and so the last bits of the sum, is
// its own in each run. `_ordered` gives each place of dx a thread that looks through all indices
// in order: `size` times the reads, and always the same bits.
#include "common.cuh"

struct Sizes {
    Count outer, size, along, inner;
};

// Where x has element k of y, counted row after row, if i is its index.
__device__ __forceinline__ Count chosen(const Sizes &sizes, Count k, Count i) {
    Count outer = k / (sizes.along * sizes.inner), within = k % sizes.inner;
    return (outer * sizes.size + i) * sizes.inner + within;
}

// Where element k of y, counted row after row, finds its index.
#define BY_ELEMENT(k) index[k]
#define BY_ENTRY(k) index[(k) / sizes.inner]

#define PICK(name, INDEX)                                                                          \
    /* y[k] = x[…, index, …], a thread for each k */                                               \
    extern "C" __global__ void name##_value(const float *x, const unsigned *index, float *y,       \
                                            Sizes sizes) {                                         \
        Count count = sizes.outer * sizes.along * sizes.inner;                                     \
        for (Count k = thread_in_grid(); k < count; k += threads_in_grid()) {                      \
            Count i = INDEX(k);                                                                    \
            y[k] = i < sizes.size ? x[chosen(sizes, k, i)] : NOT_A_NUMBER;                         \
        }                                                                                          \
    }                                                                                              \
    /* dx[…, index, …] += dy[k], a thread for each k; dx begins with zeros */                      \
    extern "C" __global__ void name##_slope_atomic(const float *dy, const unsigned *index,         \
                                                   float *dx, Sizes sizes) {                       \
        Count count = sizes.outer * sizes.along * sizes.inner;                                     \
        for (Count k = thread_in_grid(); k < count; k += threads_in_grid()) {                      \
            Count i = INDEX(k);                                                                    \
            if (i < sizes.size)                                                                    \
                atomicAdd(&dx[chosen(sizes, k, i)], dy[k]);                                        \
        }                                                                                          \
    }                                                                                              \
    /* dx[p] = Σ dy[k] over the k that chose p, in order; a thread for each p */                   \
    extern "C" __global__ void name##_slope_ordered(const float *dy, const unsigned *index,        \
                                                    float *dx, Sizes sizes) {                      \
        Count count = sizes.outer * sizes.size * sizes.inner;                                      \
        for (Count p = thread_in_grid(); p < count; p += threads_in_grid()) {                      \
            Count outer = p / (sizes.size * sizes.inner), within = p % sizes.inner;                \
            Count own = p / sizes.inner % sizes.size;                                              \
            float sum = 0;                                                                         \
            for (Count i = 0; i < sizes.along; i++) {                                              \
                Count k = (outer * sizes.along + i) * sizes.inner + within;                        \
                if (INDEX(k) == own)                                                               \
                    sum += dy[k];                                                                  \
            }                                                                                      \
            dx[p] = sum;                                                                           \
        }                                                                                          \
    }

PICK(gather, BY_ELEMENT)
PICK(index_select, BY_ENTRY) // with outer = 1
