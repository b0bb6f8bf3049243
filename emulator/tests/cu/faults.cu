// Kernels with one mistake each, launched with one block of 64 threads (or `two blocks`), `in`
// and `out` of 100 elements, n = 100. What must be found stands behind its line: `finds: KIND`,
// perhaps `of BUFFER[ELEMENT]`; the other line of a race is marked `finds: other`.

// two blocks
extern "C" __global__ void no_bound(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    out[i] = 2 * in[i < n ? i : 0]; // finds: out-of-bounds of out[100]
}

// two blocks
extern "C" __global__ void one_too_far(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n)
        out[i] = in[i + 1] - in[i]; // finds: out-of-bounds of in[100]
}

// two blocks
extern "C" __global__ void before_the_start(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n)
        out[i] = in[(int)i - 1]; // finds: out-of-bounds of in[-1]
}

// two blocks
extern "C" __global__ void far_away(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n)
        out[i] = in[i + 40000000u]; // finds: out-of-bounds of in[40000000]
}

extern "C" __global__ void small_tile(const float *in, float *out, unsigned n) {
    __shared__ float tile[32], next[64];
    next[threadIdx.x] = 0;
    tile[threadIdx.x] = in[threadIdx.x]; // finds: out-of-bounds of tile[32]
    __syncthreads();
    out[threadIdx.x] = tile[threadIdx.x % 32] + next[threadIdx.x];
}

extern "C" __global__ void local_overflow(const float *in, float *out, unsigned n) {
    float kept[4] = {0, 1, 2, 3};
    unsigned i = threadIdx.x;
    kept[n % 7 + 3] = in[i]; // finds: out-of-bounds
    out[i] = kept[i % 4];
}

extern "C" __global__ void misaligned(const float *in, float *out, unsigned n) {
    unsigned i = threadIdx.x;
    float4 value = *(const float4 *)(in + i); // finds: misaligned
    out[i] = value.x + value.y + value.z + value.w;
}

extern "C" __global__ void null_pointer(const float *in, float *out, unsigned n) {
    const float *other = (const float *)(unsigned long long)(n - 100);
    out[threadIdx.x] = other[threadIdx.x]; // finds: invalid-address
}

extern "C" __global__ void unwritten_shared(const float *in, float *out, unsigned n) {
    __shared__ float tile[64];
    if (threadIdx.x < 63)
        tile[threadIdx.x] = in[threadIdx.x];
    __syncthreads();
    out[threadIdx.x] = tile[threadIdx.x]; // finds: uninitialised of tile[63]
}

// out is unwritten
extern "C" __global__ void unwritten_sum(const float *in, float *out, unsigned n) {
    unsigned i = threadIdx.x;
    out[i] += in[i]; // finds: uninitialised of out[0]
}

extern "C" __global__ void no_barrier(const float *in, float *out, unsigned n) {
    __shared__ float tile[64];
    tile[threadIdx.x] = in[threadIdx.x]; // finds: other
    out[threadIdx.x] = tile[63 - threadIdx.x]; // finds: race
}

extern "C" __global__ void one_barrier_of_two(const float *in, float *out, unsigned n) {
    __shared__ float tile[64];
    float sum = 0;
    for (unsigned start = 0; start < 128; start += 64) {
        tile[threadIdx.x] = in[(start + threadIdx.x) % n]; // finds: race
        __syncthreads();
        for (unsigned i = 0; i < 64; i++)
            sum += tile[(i + threadIdx.x) % 64]; // finds: other
    }
    out[threadIdx.x] = sum;
}

extern "C" __global__ void no_warp_barrier(const float *in, float *out, unsigned n) {
    __shared__ float tile[32];
    unsigned lane = threadIdx.x;
    if (lane >= 32)
        return;
    tile[lane] = in[lane]; // finds: other
    out[lane] = tile[31 - lane]; // finds: race
}

extern "C" __global__ void in_place_scan(const float *in, float *out, unsigned n) {
    __shared__ float tile[64];
    unsigned i = threadIdx.x;
    tile[i] = in[i];
    __syncthreads();
    for (unsigned step = 1; step < 64; step *= 2) {
        if (i >= step)
            tile[i] += tile[i - step]; // finds: race
        __syncthreads();
    }
    out[i] = tile[i];
}

// two blocks
extern "C" __global__ void plain_sum(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n)
        out[0] = out[0] + in[i]; // finds: race
}

// two blocks
extern "C" __global__ void two_blocks(const float *in, float *out, unsigned n) {
    if (threadIdx.x == 0)
        out[0] = in[blockIdx.x]; // finds: race of out[0]
}

// two blocks
extern "C" __global__ void half_atomic(const float *in, float *out, unsigned n) {
    atomicAdd(&out[0], in[threadIdx.x]); // finds: other
    if (threadIdx.x == 0)
        out[1 + blockIdx.x] = out[0]; // finds: race of out[0]
}

extern "C" __global__ void late_flag(const float *in, float *out, unsigned n) {
    __shared__ float limit;
    if (threadIdx.x == 0)
        limit = in[0]; // finds: other
    out[threadIdx.x] = in[threadIdx.x] > limit; // finds: race
}

extern "C" __global__ void divergent_barrier(const float *in, float *out, unsigned n) {
    __shared__ float tile[64];
    tile[threadIdx.x] = in[threadIdx.x];
    if (threadIdx.x % 2)
        __syncthreads(); // finds: divergent-barrier
    out[threadIdx.x] = tile[threadIdx.x];
}

extern "C" __global__ void too_few_for_barrier(const float *in, float *out, unsigned n) {
    if (threadIdx.x < 32)
        asm volatile("bar.sync 1, 64;" ::: "memory"); // finds: deadlock
    out[threadIdx.x] = in[threadIdx.x];
}

extern "C" __global__ void whole_mask_half_warp(const float *in, float *out, unsigned n) {
    float value = in[threadIdx.x];
    if (threadIdx.x % 32 < 16)
        value += __shfl_down_sync(0xffffffffu, value, 8); // finds: warp-mask
    out[threadIdx.x] = value;
}

extern "C" __global__ void not_in_mask(const float *in, float *out, unsigned n) {
    float value = in[threadIdx.x];
    value += __shfl_xor_sync(0x0000ffffu, value, 1); // finds: warp-mask
    out[threadIdx.x] = value;
}

extern "C" __global__ void from_the_dead(const float *in, float *out, unsigned n) {
    unsigned lane = threadIdx.x;
    if (lane % 32 >= 20)
        return;
    float value = in[lane];
    value += __shfl_xor_sync(0xffffffffu, value, 16); // finds: warp-mask
    out[lane] = value;
}

extern "C" __global__ void never_set(const float *in, float *out, unsigned n) {
    float kept[2];
    unsigned i = threadIdx.x;
    kept[i % 2] = in[i];
    out[i] = kept[n % 2]; // finds: undefined-register
}

extern "C" __global__ void endless(const float *in, float *out, unsigned n) {
    unsigned i = threadIdx.x;
    float value = in[i];
    while (value != 0.5f) value = value * 0.5f + 1; // finds: endless
    out[i] = value;
}

extern "C" __global__ void gives_up(const float *in, float *out, unsigned n) {
    if (threadIdx.x == 40)
        __trap(); // finds: trap
    out[threadIdx.x] = in[threadIdx.x];
}
