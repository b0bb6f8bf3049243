// C = A B, first version: a thread for each element of C, and nothing else.
//
//   c[i, j] = Σₖ a[i, k] b[k, j];   A [batch, M, K], B [batch, K, N], C [batch, M, N]
//
// A and B have strides, so that each may be transposed or shared by the batch; C is contiguous.
//
// Every thread reads a row of A and a column of B from global memory: 2 K numbers for 2 K
// operations. Neighbouring threads want the same row and neighbouring columns, but each asks for
// itself; what saves this kernel at all is the cache. Version 2 fetches each number once for a
// whole block.
#include "common.cuh"

// Blocks of 16 × 16; grid.x counts tiles of columns, grid.y tiles of rows, grid.z matrices.
extern "C" __global__ void matmul_v1_naive(const float *a, Steps a_steps, const float *b,
                                           Steps b_steps, float *c, Count m, Count k, Count n) {
    Count i = Count(blockIdx.y) * blockDim.y + threadIdx.y;
    Count j = Count(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= m || j >= n)
        return;
    a += blockIdx.z * a_steps.matrix + i * a_steps.row;
    b += blockIdx.z * b_steps.matrix + j * b_steps.column;
    float sum = 0;
    for (Count l = 0; l < k; l++)
        sum += a[l * a_steps.column] * b[l * b_steps.row];
    c[(blockIdx.z * m + i) * n + j] = sum;
}
