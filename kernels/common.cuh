// What the kernels share. It is the only header: with no header of CUDA's own, NVRTC alone
// compiles them, and nobody needs a CUDA toolkit.

// A number of elements, or the place of one. 32 bits end at 4,294,967,295, and a large model's
// activations have more elements than that; an index that wraps around would silently write over
// the beginning. (`unsigned long` has 32 bits on Windows and 64 elsewhere; `long long` is 64 bits
// everywhere.)
typedef unsigned long long Count;

// ANCHOR: grid
// The number of this thread among all threads of the grid. The product is taken in 64
// bits: a grid may have 2^31 - 1 blocks of 1024 threads.
__device__ __forceinline__ Count thread_in_grid() {
    return Count(blockIdx.x) * blockDim.x + threadIdx.x;
}

// How many threads the grid has: the stride with which each of them goes on.
__device__ __forceinline__ Count threads_in_grid() {
    return Count(gridDim.x) * blockDim.x;
}
// ANCHOR_END: grid

#define INFINITE __int_as_float(0x7f800000)
#define NOT_A_NUMBER __int_as_float(0x7fc00000)

__device__ __forceinline__ bool is_nan(float x) {
    return x != x;
}

// ---- A tensor that does not lie element after element -------------------------------------------

// Where the elements of a tensor lie: `offset + Σ index[a] · strides[a]`, counted in elements. A
// transposed tensor has its strides exchanged, a sliced one an offset, and an axis along which it
// is broadcast has stride 0. A tensor with fewer than six axes has axes of size 1 in front.
#define AXES 6
struct Layout {
    Count shape[AXES], strides[AXES], offset;
};

// The place of the i-th element, counted row after row: i is taken apart from the last axis on,
// as a number into its digits.
// ANCHOR: place
__device__ __forceinline__ Count place(const Layout &layout, Count i) {
    Count place = layout.offset;
#pragma unroll
    for (int axis = AXES - 1; axis >= 0; axis--) {
        Count size = layout.shape[axis];
        if (size == 1)
            continue; // a division of 64 bits is the dearest thing here
        place += i % size * layout.strides[axis];
        i /= size;
    }
    return place;
}
// ANCHOR_END: place

// ---- Many numbers become one --------------------------------------------------------------------

// A fold has a function of two numbers that may be exchanged, and the number that it begins with.
struct Sum {
    static __device__ __forceinline__ float nothing() { return 0; }
    static __device__ __forceinline__ float of(float a, float b) { return a + b; }
};
struct Max { // NaN where there is one; −∞ over nothing
    static __device__ __forceinline__ float nothing() { return -INFINITE; }
    static __device__ __forceinline__ float of(float a, float b) {
        return b > a || is_nan(b) ? b : a;
    }
};
struct Min { // NaN where there is one; ∞ over nothing
    static __device__ __forceinline__ float nothing() { return INFINITE; }
    static __device__ __forceinline__ float of(float a, float b) {
        return b < a || is_nan(b) ? b : a;
    }
};

#define FULL_WARP 0xffffffffu

// ANCHOR: warp_fold
// The 32 numbers of a warp become one, which every lane gets. Lane l takes in lane
// l ^ 16, then l ^ 8, …: a butterfly of five steps. Its order never changes, and so
// neither do the last bits.
template <class Fold, class Number>
__device__ __forceinline__ Number warp_fold(Number value) {
    for (int step = 16; step > 0; step /= 2)
        value = Fold::of(value, __shfl_xor_sync(FULL_WARP, value, step));
    return value;
}
// ANCHOR_END: warp_fold

// The numbers of a block, whose threads are a multiple of 32, become one, which every thread gets.
// All threads of the block must come here. First each warp, then each warp all results of the warps.
// ANCHOR: block_fold
template <class Fold> __device__ __forceinline__ float block_fold(float value) {
    __shared__ float of_warp[32];
    unsigned warp = threadIdx.x / 32, lane = threadIdx.x % 32, warps = blockDim.x / 32;
    value = warp_fold<Fold>(value);
    if (lane == 0)
        of_warp[warp] = value;
    __syncthreads(); // now all are written
    value = warp_fold<Fold>(lane < warps ? of_warp[lane] : Fold::nothing());
    __syncthreads(); // now all are read: the next call may write
    return value;
}
// ANCHOR_END: block_fold

// The mean μ of a row and Σ (xⱼ − μ)², for every thread of the block. Two passes, the mean first:
// E x² − μ² would need one, and take the difference of two large numbers when μ is large; little
// would be left of it.
struct Moments {
    float mean, squares;
};
__device__ __forceinline__ Moments moments(const float *x, Count columns) {
    Moments found;
    float sum = 0, squares = 0;
    for (Count j = threadIdx.x; j < columns; j += blockDim.x)
        sum += x[j];
    found.mean = block_fold<Sum>(sum) / columns;
    for (Count j = threadIdx.x; j < columns; j += blockDim.x)
        squares += (x[j] - found.mean) * (x[j] - found.mean);
    found.squares = block_fold<Sum>(squares);
    return found;
}

// ---- Matrices -----------------------------------------------------------------------------------

// How far it is from one row, column, matrix to the next. A transposed matrix has the first two
// exchanged; a matrix that all of a batch share has 0 for the third.
struct Steps {
    Count row, column, matrix;
};
