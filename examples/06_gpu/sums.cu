// Sums over everything that let the order of their additions be decided in different ways. (The
// library's own, `sum_parts` and `sum_rows`, are in kernels/reduce.cu.)
#include "common.cuh"

// ANCHOR: one
extern "C" __global__ void sum_one_thread(const float *in, float *out, Count count) {
    float sum = 0;
    for (Count i = 0; i < count; i++)
        sum += in[i];
    *out = sum;
}
// ANCHOR_END: one

// ANCHOR: atomic
// *out begins with 0.
extern "C" __global__ void sum_atomic(const float *in, float *out, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        atomicAdd(out, in[i]);
}
// ANCHOR_END: atomic

// ANCHOR: block_atomic
// *out begins with 0. One atomic for a block, not for an element.
extern "C" __global__ void sum_block_atomic(const float *in, float *out, Count count) {
    float sum = 0;
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        sum += in[i];
    sum = block_fold<Sum>(sum);
    if (threadIdx.x == 0)
        atomicAdd(out, sum);
}
// ANCHOR_END: block_atomic
