// The length of all gradients together, and clipping to it: ‖g‖ = √Σ g², g ← g min(1, limit / ‖g‖).
//
// Two stages. The first leaves a sum of squares for every 4096 elements, and is launched once for
// each gradient, all into one array of parts. The second, one block, adds the parts and takes the
// root. The scale stays on the device, where the third kernel reads it: the processor need not
// wait. Squares are taken and added in f64: in f32 they overflow above 1.8·10¹⁹.
#include "common.cuh"

struct Sum64 {
    static __device__ __forceinline__ double of(double a, double b) { return a + b; }
};

// The sum over a block of 256 threads, in thread 0.
__device__ __forceinline__ double block_sum(double value) {
    __shared__ double of_warp[8];
    value = warp_fold<Sum64>(value);
    if (threadIdx.x % 32 == 0)
        of_warp[threadIdx.x / 32] = value;
    __syncthreads();
    value = 0;
    if (threadIdx.x == 0)
        for (int warp = 0; warp < 8; warp++)
            value += of_warp[warp];
    __syncthreads(); // all are read: the next part may be written
    return value;
}

#define PART 4096

// parts[first + p] = Σ g² over the elements of part p. Blocks of 256 threads, one for a part.
extern "C" __global__ void gradient_squares(const float *gradient, double *parts, Count first,
                                            Count count) {
    for (Count part = blockIdx.x; part * PART < count; part += gridDim.x) {
        Count end = min((part + 1) * PART, count);
        double sum = 0;
        for (Count i = part * PART + threadIdx.x; i < end; i += 256)
            sum += double(gradient[i]) * gradient[i];
        sum = block_sum(sum);
        if (threadIdx.x == 0)
            parts[first + part] = sum;
    }
}

// norm = √Σ parts; scale = limit / norm where the norm is finite and above the limit, else 1: a
// norm that is not finite scales nothing, and whoever reads it decides. One block of 256 threads.
extern "C" __global__ void gradient_norm(const double *parts, Count count, double limit,
                                         double *norm, float *scale) {
    double sum = 0;
    for (Count i = threadIdx.x; i < count; i += 256)
        sum += parts[i];
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
        double root = sqrt(sum);
        *norm = root;
        *scale = root > limit && root < INFINITE ? float(limit / root) : 1;
    }
}

// gradient[i] ← gradient[i] · scale; a scale of 1 leaves every bit as it is.
extern "C" __global__ void gradient_clip(float *gradient, const float *scale, Count count) {
    float factor = *scale;
    if (factor == 1)
        return;
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        gradient[i] *= factor;
}
