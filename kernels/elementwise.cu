// Functions of each element by itself, forward and backward: y = f(x), dx = dy f′.
//
// The table at the end is the file; a line of it reads: the function's name, f(x), what its slope
// is written in (x, or y where that is shorter: the forward pass has it already), and the slope.
// From every line the macro makes four kernels:
//
//   NAME_value          (x, y, count, …)              y[i] = f(x[i])
//   NAME_value_strided  (x, layout, y, count, …)      the same where x is a view
//   NAME_slope          (kept, dy, dx, count, …)      dx[i] = dy[i] f′(kept[i]), kept being x or y
//   NAME_slope_strided  (kept, layout, dy, layout, dx, count, …)   the same where both are views
//
// The product with dy is fused into the slope: a kernel of its own would write all slopes to
// memory and read them back. These kernels do little arithmetic for each number they move, so what
// they cost is the memory they touch.
//
// At infinity and NaN they do what the functions of the library do. A comparison with NaN is
// false, so the order of the cases matters: NaN must fall through to a case that hands it on.
#include "common.cuh"

// σ(x) = 1/(1 + e⁻ˣ) = eˣ/(1 + eˣ): of the two, the one whose exponential cannot overflow.
__device__ __forceinline__ float logistic(float x) {
    float small = expf(-fabsf(x));
    return (x < 0 ? small : 1) / (1 + small);
}

// x · gate; a closed gate lets nothing through: 0, even of infinity.
__device__ __forceinline__ float gated(float x, float gate) {
    return gate == 0 ? 0 : x * gate;
}

// φ(x) = e^(−x²/2) / √(2π)
__device__ __forceinline__ float bell(float x) {
    return expf(-x * x / 2) * 0.3989422804f;
}

// 2 √(2/π) (x + 0.044715 x³), and its slope: the logistic function of the first is the gate of
// GPT-2's GELU.
__device__ __forceinline__ float cubic(float x) {
    return 1.5957691216f * (x + 0.044715f * x * x * x);
}
__device__ __forceinline__ float cubic_slope(float x) {
    return 1.5957691216f * (1 + 0.134145f * x * x);
}
__device__ __forceinline__ float gelu_tanh_slope_at(float x) {
    float gate = logistic(cubic(x));
    return gate + gated(x * cubic_slope(x), gate * (1 - gate));
}
__device__ __forceinline__ float silu_slope_at(float x) {
    float gate = logistic(x);
    return gate + gated(x, gate * (1 - gate));
}

// Thread t of T takes the elements t, t + T, t + 2T, …, as in copy.cu.
#define FUNCTION(name, value, kept, slope, ...)                                                    \
    extern "C" __global__ void name##_value(const float *from, float *to, Count count,             \
                                            ##__VA_ARGS__) {                                       \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {                      \
            float x = from[i];                                                                     \
            to[i] = value;                                                                         \
        }                                                                                          \
    }                                                                                              \
    extern "C" __global__ void name##_value_strided(const float *from, Layout layout, float *to,   \
                                                    Count count, ##__VA_ARGS__) {                  \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {                      \
            float x = from[place(layout, i)];                                                      \
            to[i] = value;                                                                         \
        }                                                                                          \
    }                                                                                              \
    extern "C" __global__ void name##_slope(const float *from, const float *dy, float *dx,         \
                                            Count count, ##__VA_ARGS__) {                          \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {                      \
            [[maybe_unused]] float kept = from[i];                                                 \
            dx[i] = dy[i] * (slope);                                                               \
        }                                                                                          \
    }                                                                                              \
    extern "C" __global__ void name##_slope_strided(const float *from, Layout layout,              \
                                                    const float *dy, Layout dy_layout, float *dx,  \
                                                    Count count, ##__VA_ARGS__) {                  \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {                      \
            [[maybe_unused]] float kept = from[place(layout, i)];                                  \
            dx[i] = dy[place(dy_layout, i)] * (slope);                                             \
        }                                                                                          \
    }

// clang-format off
//       name       y = f(x)                                          dy/dx
FUNCTION(abs,       fabsf(x),                                      x, x > 0 ? 1 : x < 0 ? -1 : x)
FUNCTION(exp,       expf(x),                                       y, y)
FUNCTION(gelu,      gated(x, normcdff(x)),                         x, normcdff(x) + gated(x, bell(x)))
FUNCTION(gelu_tanh, gated(x, logistic(cubic(x))),                  x, gelu_tanh_slope_at(x))
FUNCTION(ln,        logf(x),                                       x, 1 / x)
FUNCTION(neg,       -x,                                            x, -1)
FUNCTION(relu,      x <= 0 ? 0 : x,                                y, y > 0 ? 1 : y)
FUNCTION(sigmoid,   logistic(x),                                   y, y * (1 - y))
FUNCTION(silu,      gated(x, logistic(x)),                         x, silu_slope_at(x))
FUNCTION(sqrt,      sqrtf(x),                                      y, 1 / (y + y))
FUNCTION(tanh,      tanhf(x),                                      y, 1 - y * y)
FUNCTION(powf,      powf(x, p),                                    x, p == 0 ? 0 : p * powf(x, p - 1), float p)
FUNCTION(clamp,     x < lower ? lower : x > upper ? upper : x,     x, x < lower || x > upper ? 0 : is_nan(x) ? x : 1,
         float lower, float upper)
