// Kernels with one mistake each. Without it they would be right.
#include "common.cuh"

// out[i] = in[i] + 1, one block of 128 threads for n = 100.
// ANCHOR: no_bound
extern "C" __global__ void no_bound(const float *in, float *out, unsigned n) {
    unsigned i = threadIdx.x;
    out[i] = in[i] + 1;
}
// ANCHOR_END: no_bound

// *out = Σ in, one block of 128 threads for n = 128.
// ANCHOR: no_barrier
extern "C" __global__ void no_barrier(const float *in, float *out, unsigned n) {
    __shared__ float partial[128];
    unsigned t = threadIdx.x;
    partial[t] = in[t];
    for (unsigned half = 64; half > 0; half /= 2) {
        if (t < half)
            partial[t] += partial[t + half];
        __syncthreads();
    }
    if (t == 0)
        *out = partial[0];
}
// ANCHOR_END: no_barrier

// Every 128 numbers the other way round, one block of 128 threads for n = 256.
// ANCHOR: one_barrier
extern "C" __global__ void one_barrier(const float *in, float *out, unsigned n) {
    __shared__ float tile[128];
    unsigned t = threadIdx.x;
    for (unsigned first = 0; first < n; first += 128) {
        tile[t] = in[first + t];
        __syncthreads();
        out[first + t] = tile[127 - t];
    }
}
// ANCHOR_END: one_barrier

// *out = Σ in, one block of 128 threads for n = 128.
// ANCHOR: barrier_inside
extern "C" __global__ void barrier_inside(const float *in, float *out, unsigned n) {
    __shared__ float partial[128];
    unsigned t = threadIdx.x;
    partial[t] = in[t];
    __syncthreads();
    for (unsigned half = 64; half > 0; half /= 2)
        if (t < half) {
            partial[t] += partial[t + half];
            __syncthreads();
        }
    if (t == 0)
        *out = partial[0];
}
// ANCHOR_END: barrier_inside

// *out = Σ in, two blocks of 64 threads for n = 128; *out begins with 0.
// ANCHOR: no_atomic
extern "C" __global__ void no_atomic(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n)
        *out += in[i];
}
// ANCHOR_END: no_atomic

// *out = Σ in, two blocks of 64 threads for n = 128; but nobody has written *out before.
// ANCHOR: no_zero
extern "C" __global__ void no_zero(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n)
        atomicAdd(out, in[i]);
}
// ANCHOR_END: no_zero

// *out = Σ in, one block of 128 threads for n = 100.
// ANCHOR: half_filled
extern "C" __global__ void half_filled(const float *in, float *out, unsigned n) {
    __shared__ float partial[128];
    unsigned t = threadIdx.x;
    if (t < n)
        partial[t] = in[t];
    __syncthreads();
    for (unsigned half = 64; half > 0; half /= 2) {
        if (t < half)
            partial[t] += partial[t + half];
        __syncthreads();
    }
    if (t == 0)
        *out = partial[0];
}
// ANCHOR_END: half_filled

// *out = Σ in, one warp for n = 20.
// ANCHOR: shuffle_inside
extern "C" __global__ void shuffle_inside(const float *in, float *out, unsigned n) {
    unsigned t = threadIdx.x;
    if (t < n) {
        float sum = warp_fold<Sum>(in[t]);
        if (t == 0)
            *out = sum;
    }
}
// ANCHOR_END: shuffle_inside

// out[0] = Σ in, two blocks of 64 threads for n = 128. The second block adds both sums, and does
// not know whether the first is done.
// ANCHOR: other_block
extern "C" __global__ void other_block(const float *in, float *out, unsigned n) {
    float sum = block_fold<Sum>(in[blockIdx.x * blockDim.x + threadIdx.x]);
    if (threadIdx.x == 0)
        out[blockIdx.x] = sum;
    __syncthreads();
    if (blockIdx.x == 1 && threadIdx.x == 0)
        out[0] += out[1];
}
// ANCHOR_END: other_block

// out[i] = in[i + 1], four at a time; one block of 8 threads for 33 numbers.
// ANCHOR: crooked
extern "C" __global__ void crooked(const float *in, float *out, unsigned n) {
    float4 four = *(const float4 *)&in[1 + 4 * threadIdx.x];
    *(float4 *)&out[4 * threadIdx.x] = four;
}
// ANCHOR_END: crooked
