// Kernels that look dangerous and are right: no check may raise an alarm. Each is launched with
// two blocks of 64 threads, n = 128 and `in[i] = i`; what `out` must hold stands in sound.rs.

// The last block to finish adds up what all have left (fence, then atomic).
__device__ float partial[64];
__device__ unsigned finished = 0;
extern "C" __global__ void last_block(const float *in, float *out, unsigned n) {
    __shared__ float tile[64];
    __shared__ bool last;
    unsigned i = threadIdx.x;
    tile[i] = in[blockIdx.x * 64 + i];
    __syncthreads();
    for (unsigned half = 32; half > 0; half /= 2) {
        if (i < half)
            tile[i] += tile[i + half];
        __syncthreads();
    }
    if (i == 0) {
        partial[blockIdx.x] = tile[0];
        __threadfence();
        last = atomicAdd(&finished, 1) == gridDim.x - 1;
    }
    __syncthreads();
    if (last && i == 0) {
        float sum = 0;
        for (unsigned block = 0; block < gridDim.x; block++)
            sum += partial[block];
        out[0] = sum;
        finished = 0;
    }
}

// A block waits for its neighbour by looking at a flag again and again.
__device__ volatile unsigned ready = 0;
__device__ float message = 0;
extern "C" __global__ void waits_for_block(const float *in, float *out, unsigned n) {
    if (threadIdx.x != 0)
        return;
    if (blockIdx.x == 1) {
        message = in[7];
        __threadfence();
        ready = 1;
    } else {
        while (ready == 0)
            ;
        __threadfence();
        out[0] = message;
        ready = 0;
    }
}

// Lanes exchange through shared memory with a barrier of the warp.
extern "C" __global__ void warp_exchange(const float *in, float *out, unsigned n) {
    __shared__ float tile[64];
    unsigned i = threadIdx.x, lane = i % 32, start = i - lane;
    tile[i] = in[blockIdx.x * 64 + i];
    __syncwarp();
    float other = tile[start + 31 - lane];
    __syncwarp();
    tile[i] = other + 1;
    __syncwarp();
    out[blockIdx.x * 64 + i] = tile[start + (lane + 1) % 32];
}

// Half of a warp synchronises for itself.
extern "C" __global__ void half_warps(const float *in, float *out, unsigned n) {
    __shared__ float tile[64];
    unsigned i = threadIdx.x, lane = i % 32;
    unsigned mask = lane < 16 ? 0x0000ffffu : 0xffff0000u;
    tile[i] = in[blockIdx.x * 64 + i];
    __syncwarp(mask);
    out[blockIdx.x * 64 + i] = tile[i ^ 15];
}

// Every third element is kept, in order of warps, with one atomic a warp.
__device__ unsigned kept = 0;
extern "C" __global__ void compact(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * 64 + threadIdx.x, lane = threadIdx.x % 32;
    bool keep = (unsigned)in[i] % 3 == 0;
    unsigned votes = __ballot_sync(0xffffffffu, keep);
    unsigned base = 0;
    if (lane == 0)
        base = atomicAdd(&kept, __popc(votes));
    base = __shfl_sync(0xffffffffu, base, 0);
    if (keep)
        out[base + __popc(votes & ((1u << lane) - 1))] = in[i];
}

// A histogram in shared memory, added to the one in global memory.
extern "C" __global__ void histogram(const float *in, float *out, unsigned n) {
    __shared__ unsigned counts[8];
    if (threadIdx.x < 8)
        counts[threadIdx.x] = 0;
    __syncthreads();
    unsigned i = blockIdx.x * 64 + threadIdx.x;
    atomicAdd(&counts[(unsigned)in[i] % 8], 1u);
    __syncthreads();
    if (threadIdx.x < 8)
        atomicAdd(&out[threadIdx.x], (float)counts[threadIdx.x]);
}

// Threads that write the same value to the same place.
extern "C" __global__ void any_large(const float *in, float *out, unsigned n) {
    __shared__ int found;
    if (threadIdx.x == 0)
        found = 0;
    __syncthreads();
    if (in[blockIdx.x * 64 + threadIdx.x] > 10)
        found = 1;
    __syncthreads();
    out[blockIdx.x * 64 + threadIdx.x] = found;
}

// Two arrays in one piece of dynamic shared memory, and a scan with two buffers.
extern "C" __global__ void scan(const float *in, float *out, unsigned n) {
    extern __shared__ float buffers[];
    float *from = buffers, *to = buffers + 64;
    unsigned i = threadIdx.x;
    from[i] = in[blockIdx.x * 64 + i];
    for (unsigned step = 1; step < 64; step *= 2) {
        __syncthreads();
        to[i] = from[i] + (i >= step ? from[i - step] : 0);
        float *swap = from;
        from = to;
        to = swap;
    }
    __syncthreads();
    out[blockIdx.x * 64 + i] = from[i];
}

// One warp fills, the other empties, with two named barriers.
extern "C" __global__ void two_roles(const float *in, float *out, unsigned n) {
    __shared__ float slot[32];
    unsigned lane = threadIdx.x % 32;
    if (threadIdx.x < 32) {
        for (unsigned round = 0; round < 2; round++) {
            slot[lane] = in[blockIdx.x * 64 + round * 32 + lane];
            asm volatile("bar.arrive 1, 64;" ::: "memory");
            asm volatile("bar.sync 2, 64;" ::: "memory");
        }
    } else {
        for (unsigned round = 0; round < 2; round++) {
            asm volatile("bar.sync 1, 64;" ::: "memory");
            out[blockIdx.x * 64 + round * 32 + lane] = slot[lane] + 1;
            asm volatile("bar.arrive 2, 64;" ::: "memory");
        }
    }
}

// The largest value with compare-and-swap, and counts with the barrier's own reduction.
extern "C" __global__ void largest(const float *in, float *out, unsigned n) {
    float value = in[blockIdx.x * 64 + threadIdx.x];
    int *place = (int *)&out[0];
    int old = *(volatile int *)place;
    while (__int_as_float(old) < value) {
        int seen = atomicCAS(place, old, __float_as_int(value));
        if (seen == old)
            break;
        old = seen;
    }
    int count = __syncthreads_count(value > 40);
    int all = __syncthreads_and(value >= 0);
    if (threadIdx.x == 0)
        out[1 + blockIdx.x] = count + 1000 * all;
}

// A switch, a function that is called, a table in constant memory, a struct by value.
__constant__ float table[4] = {1, 10, 100, 1000};
struct Rule {
    float scale[3];
    int shift;
};
__device__ __noinline__ float power(float base, unsigned exponent) {
    float result = 1;
    for (unsigned i = 0; i < exponent; i++)
        result *= base;
    return result;
}
extern "C" __global__ void rules(const float *in, float *out, unsigned n, Rule rule) {
    unsigned i = blockIdx.x * 64 + threadIdx.x;
    float value = in[i];
    switch (i % 7) {
    case 0: value += 1; break;
    case 1: value *= 3; break;
    case 2: value = power(2, i % 5); break;
    case 3: value -= rule.shift; break;
    case 4: value = table[i % 4]; break;
    case 5: value *= rule.scale[i % 3]; break;
    default: value = -value;
    }
    out[i] = value;
}

// Threads beyond the end leave early, and the others go on with the mask of those who stay.
extern "C" __global__ void partial_warp(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * 64 + threadIdx.x;
    unsigned mask = __ballot_sync(0xffffffffu, i < 100);
    if (i >= 100)
        return;
    float sum = in[i];
    for (unsigned offset = 16; offset > 0; offset /= 2) {
        float other = __shfl_down_sync(mask, sum, offset);
        if (threadIdx.x % 32 + offset < __popc(mask))
            sum += other;
    }
    if (threadIdx.x % 32 == 0)
        out[i / 32] = sum;
}

// Lanes with the same key elect one of them to add for all.
extern "C" __global__ void aggregate(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * 64 + threadIdx.x, lane = threadIdx.x % 32;
    unsigned key = (unsigned)in[i] % 5;
    unsigned same = __match_any_sync(0xffffffffu, key);
    if (lane == __ffs(same) - 1)
        atomicAdd(&out[key], (float)__popc(same));
}

// Bytes, shorts, doubles and long integers side by side.
extern "C" __global__ void small_types(const float *in, float *out, unsigned n) {
    __shared__ unsigned char bytes[64];
    __shared__ short shorts[64];
    __shared__ double doubles[64];
    unsigned i = threadIdx.x;
    bytes[i] = (unsigned char)(in[i] * 3);
    shorts[i] = (short)(-100 * (int)i);
    doubles[i] = in[i] / 3.0;
    __syncthreads();
    unsigned j = (i + 1) % 64;
    long long sum = (long long)shorts[j] * 1000000007LL % 1013 + bytes[j];
    out[blockIdx.x * 64 + i] = (float)(sum + (long long)(doubles[j] * 1e6) / 1000);
}

// A local array that is indexed at run time, and a vector load.
extern "C" __global__ void local_array(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * 64 + threadIdx.x;
    float own[8];
    for (unsigned k = 0; k < 8; k++)
        own[k] = k * in[i];
    float4 four = ((const float4 *)in)[i / 4];
    out[i] = own[(i * 5 + n) % 8] + four.x + four.w;
}

// One lane works for long while the others of its warp wait at the barrier.
extern "C" __global__ void late_lane(const float *in, float *out, unsigned n) {
    __shared__ float total;
    if (threadIdx.x == 0) {
        float sum = 0;
        for (unsigned round = 0; round < 40; round++)
            for (unsigned i = 0; i < n; i++)
                sum = in[i] + (round == 39 && i > 0 ? sum : 0);
        total = sum;
    }
    __syncthreads();
    out[blockIdx.x * 64 + threadIdx.x] = total;
}

// All threads fence, and after the barrier one of them gives the sign for all.
__device__ float left[128];
__device__ unsigned gone = 0;
extern "C" __global__ void fence_then_barrier(const float *in, float *out, unsigned n) {
    __shared__ bool last;
    unsigned i = blockIdx.x * 64 + threadIdx.x;
    left[i] = in[i] + 1;
    __threadfence();
    __syncthreads();
    if (threadIdx.x == 0)
        last = atomicAdd(&gone, 1) == gridDim.x - 1;
    __syncthreads();
    if (last)
        for (unsigned j = threadIdx.x; j < n; j += 64)
            out[j] = left[n - 1 - j];
}

// Every thread, also those of one warp, takes the lock in turn.
__device__ int lock = 0;
extern "C" __global__ void spin_lock(const float *in, float *out, unsigned n) {
    bool done = false;
    while (!done) {
        if (atomicCAS(&lock, 0, 1) == 0) {
            __threadfence();
            out[0] += in[blockIdx.x * 64 + threadIdx.x];
            __threadfence();
            atomicExch(&lock, 0);
            done = true;
        }
    }
}

// Every lane goes round a loop as often as its number says, and then all meet at a barrier.
extern "C" __global__ void trips(const float *in, float *out, unsigned n) {
    float sum = 0;
    for (unsigned round = 0; round < threadIdx.x; round++)
        sum += in[round];
    __syncthreads();
    out[blockIdx.x * 64 + threadIdx.x] = sum;
}

// Calls whose parameters have one name and several sizes.
struct Four {
    float a, b, c, d;
};
__device__ __noinline__ Four spread(float x) {
    Four four = {x, 2 * x, 3 * x, 4 * x};
    return four;
}
__device__ __noinline__ float gather(Four four) { return four.a + four.b + four.c + four.d; }
extern "C" __global__ void calls(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * 64 + threadIdx.x;
    out[i] = gather(spread(in[i]));
}

// NVIDIA's tanh for f64 relies on ex2 of a whole number.
extern "C" __global__ void exact_powers(const float *in, float *out, unsigned n) {
    unsigned i = blockIdx.x * 64 + threadIdx.x;
    float power;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(power) : "f"((float)(i % 20) - 10));
    out[i] = power;
}
