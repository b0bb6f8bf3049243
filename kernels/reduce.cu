// Sum, largest and smallest: along the last axis, along another one, over everything.
//
// A sum of floats depends on its order. Had the threads added to one place with `atomicAdd`, the
// order could be another in each run, and so could the last digits: no training run could be
// repeated. Here every order is fixed by the shape alone, whatever the grid, so that the same
// numbers give the same bits.
//
// A mean is a sum with a divisor; a sum has the divisor 1, and the others are not divided.
#include "common.cuh"

// Each block takes a row, then the one that lies a whole grid further on. Its threads walk along
// the row side by side, so that reads are coalesced, each with a result of its own; then the block
// puts these together.
template <class Fold>
__device__ void fold_rows(const float *in, float *out, Count rows, Count columns, float divisor) {
    // ANCHOR: rows
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        float result = Fold::nothing();
        for (Count j = threadIdx.x; j < columns; j += blockDim.x)
            result = Fold::of(result, in[row * columns + j]);
        result = block_fold<Fold>(result);
        if (threadIdx.x == 0)
            out[row] = result / divisor;
    }
    // ANCHOR_END: rows
}

// The middle axis of [outer, n, inner] goes; the first axis of a matrix is that with outer = 1.
// A block of 32 × 8 threads takes 32 neighbouring columns: the 32 threads of a warp read 32
// neighbours, and eight warps share the n rows. Were a column walked along by one thread alone,
// a matrix of few columns would keep few threads busy.
template <class Fold>
__device__ void fold_columns(const float *in, float *out, Count outer, Count n, Count inner,
                             float divisor) {
    __shared__ float partial[8][32];
    unsigned x = threadIdx.x, y = threadIdx.y;
    Count tiles = (inner + 31) / 32;
    for (Count tile = blockIdx.x; tile < outer * tiles; tile += gridDim.x) {
        Count column = tile % tiles * 32 + x;
        float result = Fold::nothing();
        if (column < inner)
            for (Count i = y; i < n; i += 8)
                result = Fold::of(result, in[(tile / tiles * n + i) * inner + column]);
        partial[y][x] = result;
        __syncthreads();
        if (y == 0 && column < inner) {
            for (int other = 1; other < 8; other++)
                result = Fold::of(result, partial[other][x]);
            out[tile / tiles * inner + column] = result / divisor;
        }
        __syncthreads(); // the next tile writes where this one reads
    }
}

// Over everything: first parts of 4096 elements each, a block for each part; then, as often as it
// takes, the parts of the parts. In the end `fold_rows` makes one number of a single row.
#define PART 4096
template <class Fold> __device__ void fold_parts(const float *in, float *out, Count count) {
    for (Count part = blockIdx.x; part * PART < count; part += gridDim.x) {
        Count end = min((part + 1) * PART, count);
        float result = Fold::nothing();
        for (Count i = part * PART + threadIdx.x; i < end; i += blockDim.x)
            result = Fold::of(result, in[i]);
        result = block_fold<Fold>(result);
        if (threadIdx.x == 0)
            out[part] = result;
    }
}

// NAME_rows:    in [rows, columns], out [rows]; a block, of a multiple of 32 threads, for a row.
// NAME_columns: in [outer, n, inner], out [outer, inner]; blocks of 32 × 8 threads.
// NAME_parts:   in [count], out [⌈count / 4096⌉]; a block, of a multiple of 32 threads, for a part.
#define REDUCTION(name, Fold)                                                                      \
    extern "C" __global__ void name##_rows(const float *in, float *out, Count rows, Count columns, \
                                           float divisor) {                                        \
        fold_rows<Fold>(in, out, rows, columns, divisor);                                          \
    }                                                                                              \
    extern "C" __global__ void name##_columns(const float *in, float *out, Count outer, Count n,   \
                                              Count inner, float divisor) {                        \
        fold_columns<Fold>(in, out, outer, n, inner, divisor);                                     \
    }                                                                                              \
    extern "C" __global__ void name##_parts(const float *in, float *out, Count count) {            \
        fold_parts<Fold>(in, out, count);                                                          \
    }

REDUCTION(sum, Sum)
REDUCTION(max, Max)
REDUCTION(min, Min)
