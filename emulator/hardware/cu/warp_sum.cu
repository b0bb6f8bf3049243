#include "common.cuh"
// One warp sums one row; a block holds blockDim.x / 32 rows.
extern "C" __global__ void warp_row_sum(const float *in, float *out, unsigned rows,
                                        unsigned columns) {
    unsigned row = (blockIdx.x * blockDim.x + threadIdx.x) / 32, lane = threadIdx.x % 32;
    if (row >= rows) // the whole warp leaves, or none of it
        return;
    float sum = 0;
    for (unsigned j = lane; j < columns; j += 32)
        sum += in[row * columns + j];
    sum = warp_sum(sum);
    if (lane == 0)
        out[row] = sum;
}
