// A transpose that moves the numbers: out[j, i] = in[i, j], with in [rows, columns]. A view needs
// no kernel for it; this is for who reads the transpose so often that its order in memory matters.
//
// Reads want to go along the rows of `in`, writes along the rows of `out`, and these are the
// columns of `in`. So something has to give, and the three versions differ in what:
//
// * naive   reads along rows and writes down columns: each of a warp's 32 writes has a sector of
//           memory for itself, of which it fills an eighth.
// * tiled   takes a tile of 32 × 32 through shared memory: it is read along rows, and written along
//           rows. But down a column of the tile all 32 numbers lie in one bank, and are read one
//           after the other.
// * padded  the same with rows of 33: down a column, every number lies in another bank.
//
// Blocks of 32 × 8 threads; each thread moves four numbers of a tile. Any grid is right.
#include "common.cuh"

#define TILE 32
#define DEEP 8 // rows that a block moves at once

// ANCHOR: naive
extern "C" __global__ void transpose_naive(const float *in, float *out, Count rows,
                                           Count columns) {
    Count across = (columns + TILE - 1) / TILE, down = (rows + TILE - 1) / TILE;
    for (Count tile = blockIdx.x; tile < across * down; tile += gridDim.x) {
        Count top = tile / across * TILE, j = tile % across * TILE + threadIdx.x;
        for (Count i = top + threadIdx.y; i < top + TILE; i += DEEP)
            if (i < rows && j < columns)
                out[j * rows + i] = in[i * columns + j];
    }
}
// ANCHOR_END: naive

// ANCHOR: tiled
// WIDTH is how far it is from one row of the tile to the next.
template <int WIDTH>
__device__ void through_tile(const float *in, float *out, Count rows, Count columns) {
    __shared__ float kept[TILE][WIDTH];
    unsigned x = threadIdx.x;
    Count across = (columns + TILE - 1) / TILE, down = (rows + TILE - 1) / TILE;
    for (Count tile = blockIdx.x; tile < across * down; tile += gridDim.x) {
        Count top = tile / across * TILE, left = tile % across * TILE;
        for (unsigned y = threadIdx.y; y < TILE; y += DEEP)
            if (top + y < rows && left + x < columns)
                kept[y][x] = in[(top + y) * columns + left + x];
        __syncthreads(); // the tile is whole
        for (unsigned y = threadIdx.y; y < TILE; y += DEEP)
            if (left + y < columns && top + x < rows)
                out[(left + y) * rows + top + x] = kept[x][y];
        __syncthreads(); // nobody reads it any more
    }
}
// ANCHOR_END: tiled

extern "C" __global__ void transpose_tiled(const float *in, float *out, Count rows,
                                           Count columns) {
    through_tile<TILE>(in, out, rows, columns);
}

extern "C" __global__ void transpose_padded(const float *in, float *out, Count rows,
                                            Count columns) {
    through_tile<TILE + 1>(in, out, rows, columns);
}
