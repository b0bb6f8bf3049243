// out[index[i]] += in[i], many threads on one element at a time; out of range is left out.
extern "C" __global__ void scatter_add(const float *in, const int *index, float *out,
                                       unsigned n, unsigned size) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n && (unsigned)index[i] < size)
        atomicAdd(&out[index[i]], in[i]);
}
