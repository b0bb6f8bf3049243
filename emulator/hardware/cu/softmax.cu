#include "common.cuh"
// Softmax of one row a warp: subtract the largest, then exponentials over their sum.
extern "C" __global__ void softmax(const float *in, float *out, unsigned rows,
                                   unsigned columns) {
    unsigned row = (blockIdx.x * blockDim.x + threadIdx.x) / 32, lane = threadIdx.x % 32;
    if (row >= rows)
        return;
    in += row * columns;
    out += row * columns;
    float largest = __int_as_float(0xff800000);
    for (unsigned j = lane; j < columns; j += 32)
        largest = fmaxf(largest, in[j]);
    largest = warp_max(largest);
    float sum = 0;
    for (unsigned j = lane; j < columns; j += 32)
        sum += expf(in[j] - largest);
    sum = warp_sum(sum);
    for (unsigned j = lane; j < columns; j += 32)
        out[j] = expf(in[j] - largest) / sum;
}
