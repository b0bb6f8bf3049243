// What the kernels share. It is the only header: with no header of CUDA's own, NVRTC alone
// compiles them, and nobody needs a CUDA toolkit.

// A number of elements, or the place of one. 32 bits end at 4,294,967,295, and a large model's
// activations have more elements than that; an index that wraps around would silently write over
// the beginning. (`unsigned long` has 32 bits on Windows and 64 elsewhere; `long long` is 64 bits
// everywhere.)
typedef unsigned long long Count;

// The number of this thread among all threads of the grid. The product is taken in 64 bits: a
// grid may have 2^31 - 1 blocks of 1024 threads.
__device__ __forceinline__ Count thread_in_grid() {
    return Count(blockIdx.x) * blockDim.x + threadIdx.x;
}

// How many threads the grid has: the stride with which each of them goes on.
__device__ __forceinline__ Count threads_in_grid() {
    return Count(gridDim.x) * blockDim.x;
}
