// Functions of two elements, whose tensors are broadcast to each other: y = f(a, b), and backward
// da = dy ∂f/∂a, db = dy ∂f/∂b.
//
// A line of the table reads: the name, f(a, b), ∂f/∂a, ∂f/∂b. From each the macro makes six kernels:
//
//   NAME_value    (a, b, y, count)       NAME_value_strided    (a, layout, b, layout, y, count)
//   NAME_slope_a  (a, b, dy, da, count)  NAME_slope_a_strided  (a, layout, b, layout, dy, layout, da, count)
//   NAME_slope_b  …                      NAME_slope_b_strided  …
//
// Backward, `da` has an element for every element of y. Where `a` was broadcast, its gradient is
// the sum over the copies, which reduce.cu takes afterwards: a thread for each copy that added to
// one place would race for it.
#include "common.cuh"

// The slope of max(a, b) in a: 1, 0, and ½ where both are equal; NaN where one of them is NaN.
__device__ __forceinline__ float larger(float a, float b) {
    return a > b ? 1 : a < b ? 0 : a == b ? 0.5f : a + b;
}

#define KERNEL(name, result)                                                                       \
    extern "C" __global__ void name(const float *as, const float *bs, float *to, Count count) {    \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {                      \
            [[maybe_unused]] float a = as[i], b = bs[i];                                           \
            to[i] = result;                                                                        \
        }                                                                                          \
    }                                                                                              \
    extern "C" __global__ void name##_strided(const float *as, Layout a_layout, const float *bs,   \
                                              Layout b_layout, float *to, Count count) {           \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {                      \
            [[maybe_unused]] float a = as[place(a_layout, i)], b = bs[place(b_layout, i)];         \
            to[i] = result;                                                                        \
        }                                                                                          \
    }

#define SLOPE(name, slope)                                                                         \
    extern "C" __global__ void name(const float *as, const float *bs, const float *dy, float *to,  \
                                    Count count) {                                                 \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {                      \
            [[maybe_unused]] float a = as[i], b = bs[i];                                           \
            to[i] = dy[i] * (slope);                                                               \
        }                                                                                          \
    }                                                                                              \
    extern "C" __global__ void name##_strided(const float *as, Layout a_layout, const float *bs,   \
                                              Layout b_layout, const float *dy, Layout dy_layout,  \
                                              float *to, Count count) {                            \
        for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {                      \
            [[maybe_unused]] float a = as[place(a_layout, i)], b = bs[place(b_layout, i)];         \
            to[i] = dy[place(dy_layout, i)] * (slope);                                             \
        }                                                                                          \
    }

#define FUNCTION(name, value, slope_a, slope_b)                                                    \
    KERNEL(name##_value, value)                                                                    \
    SLOPE(name##_slope_a, slope_a)                                                                 \
    SLOPE(name##_slope_b, slope_b)

// clang-format off
//       name     y = f(a, b)                               ∂y/∂a           ∂y/∂b
FUNCTION(add,     a + b,                                    1,              1)
FUNCTION(sub,     a - b,                                    1,              -1)
FUNCTION(mul,     a * b,                                    b,              a)
FUNCTION(div,     a / b,                                    1 / b,          -(a / b) / b)
FUNCTION(maximum, a >= b ? a : a < b ? b : a + b,           larger(a, b),   larger(b, a))
FUNCTION(minimum, -a >= -b ? a : -a < -b ? b : a + b,       larger(b, a),   larger(a, b))
// clang-format on

// y = a where the mask is not 0, else b. Chosen, not multiplied: 0 · NaN would be NaN. Backward
// is the same kernel: da chooses between dy and a zero that is broadcast, db between zero and dy.
extern "C" __global__ void where_value(const unsigned *mask, const float *as, const float *bs,
                                       float *to, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        to[i] = mask[i] ? as[i] : bs[i];
}
extern "C" __global__ void where_value_strided(const unsigned *mask, Layout mask_layout,
                                               const float *as, Layout a_layout, const float *bs,
                                               Layout b_layout, float *to, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        to[i] = mask[place(mask_layout, i)] ? as[place(a_layout, i)] : bs[place(b_layout, i)];
}
