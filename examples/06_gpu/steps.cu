// Small kernels that show who does what, and what it costs.
#include "common.cuh"

// ANCHOR: who_takes
// Every element writes down who took it: the block, the thread in it, the round of its loop.
extern "C" __global__ void who_takes(unsigned *block, unsigned *thread, unsigned *round,
                                     Count count) {
    unsigned rounds = 0;
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {
        block[i] = blockIdx.x;
        thread[i] = threadIdx.x;
        round[i] = rounds++;
    }
}
// ANCHOR_END: who_takes

// ANCHOR: add
// out[i] = a[i] + b[i] for all i < count.
extern "C" __global__ void add(const float *a, const float *b, float *out, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        out[i] = a[i] + b[i];
}
// ANCHOR_END: add

// ANCHOR: stretches
// The same, with a stretch of neighbours for each thread.
extern "C" __global__ void add_in_stretches(const float *a, const float *b, float *out,
                                            Count count) {
    Count length = (count + threads_in_grid() - 1) / threads_in_grid();
    Count first = thread_in_grid() * length;
    for (Count i = first; i < first + length && i < count; i++)
        out[i] = a[i] + b[i];
}
// ANCHOR_END: stretches

// ANCHOR: step
extern "C" __global__ void read_with_step(const float *in, float *out, unsigned step,
                                          unsigned offset) {
    out[threadIdx.x] = in[offset + threadIdx.x * step];
}
// ANCHOR_END: step

// ANCHOR: part
// Neighbours in groups of `width` threads take the same way.
extern "C" __global__ void part(float *x, unsigned width, unsigned rounds) {
    float value = x[threadIdx.x];
    if (threadIdx.x / width % 2)
        for (unsigned round = 0; round < rounds; round++)
            value = value * 0.5f + 1;
    else
        for (unsigned round = 0; round < rounds; round++)
            value = value * 0.25f - 1;
    x[threadIdx.x] = value;
}
// ANCHOR_END: part

// ANCHOR: tree
// A block of n threads, n a power of two up to 32, adds up n numbers, and keeps what it
// had after each step: kept [steps + 1, n].
extern "C" __global__ void tree(const float *in, float *kept) {
    __shared__ float partial[32];
    unsigned t = threadIdx.x, n = blockDim.x;
    partial[t] = kept[t] = in[t];
    __syncthreads();
    for (unsigned half = n / 2; half > 0; half /= 2) {
        if (t < half)
            partial[t] += partial[t + half];
        __syncthreads();
        kept += n;
        kept[t] = partial[t];
    }
}
// ANCHOR_END: tree
