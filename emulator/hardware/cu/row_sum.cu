// One block of 128 threads sums one row, by halving in shared memory.
extern "C" __global__ void row_sum(const float *in, float *out, unsigned columns) {
    __shared__ float partial[128];
    const float *row = in + (unsigned long long)blockIdx.x * columns;
    float sum = 0;
    for (unsigned j = threadIdx.x; j < columns; j += 128)
        sum += row[j];
    partial[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned half = 64; half > 0; half /= 2) {
        if (threadIdx.x < half)
            partial[threadIdx.x] += partial[threadIdx.x + half];
        __syncthreads();
    }
    if (threadIdx.x == 0)
        out[blockIdx.x] = partial[0];
}
