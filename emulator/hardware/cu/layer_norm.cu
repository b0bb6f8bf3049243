#include "common.cuh"
// Rows to mean 0 and variance 1, then scaled and shifted; one warp a row, two passes.
extern "C" __global__ void layer_norm(const float *in, const float *scale, const float *shift,
                                      float *out, unsigned rows, unsigned columns,
                                      float epsilon) {
    unsigned row = (blockIdx.x * blockDim.x + threadIdx.x) / 32, lane = threadIdx.x % 32;
    if (row >= rows)
        return;
    in += row * columns;
    out += row * columns;
    float sum = 0;
    for (unsigned j = lane; j < columns; j += 32)
        sum += in[j];
    float mean = warp_sum(sum) / columns;
    float squares = 0;
    for (unsigned j = lane; j < columns; j += 32)
        squares += (in[j] - mean) * (in[j] - mean);
    float inverse = rsqrtf(warp_sum(squares) / columns + epsilon);
    for (unsigned j = lane; j < columns; j += 32)
        out[j] = (in[j] - mean) * inverse * scale[j] + shift[j];
}
