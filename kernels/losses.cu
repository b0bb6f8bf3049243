// Losses of each element by itself: the mean squared error, and cross-entropy between yes and no.
//
// Forward, a kernel writes the loss of every element; their mean is `sum_parts` and `sum_rows` of
// reduce.cu. Backward, every element gets its gradient at once: dy is the gradient of the mean, a
// single number that lies on the device (to fetch it would make the processor wait), n how many
// elements the mean was taken over, at least 1.
#include "common.cuh"

// losses[i] = (x[i] − t[i])²
extern "C" __global__ void mse_value(const float *x, const float *targets, float *losses,
                                     Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {
        float error = x[i] - targets[i];
        losses[i] = error * error;
    }
}

// dx[i] = 2/n (x[i] − t[i]) dy; the gradient of the target is −dx.
extern "C" __global__ void mse_slope(const float *x, const float *targets, const float *dy,
                                     float *dx, Count count, float n) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        dx[i] = 2 * (x[i] - targets[i]) / n * *dy;
}

// losses[i] = −t ln σ(z) − (1 − t) ln(1 − σ(z)) = max(z, 0) − z t + ln(1 + e^−|z|): no exponential
// overflows, and no logarithm is taken of what was rounded to 0.
extern "C" __global__ void bce_with_logits_value(const float *logits, const float *targets,
                                                 float *losses, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {
        float z = logits[i];
        losses[i] = fmaxf(z, 0) - z * targets[i] + log1pf(expf(-fabsf(z)));
    }
}

// dz[i] = dy (σ(z[i]) − t[i]) / n
extern "C" __global__ void bce_with_logits_slope(const float *logits, const float *targets,
                                                 const float *dy, float *dz, Count count, float n) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {
        float z = logits[i], small = expf(-fabsf(z));
        float sigmoid = (z < 0 ? small : 1) / (1 + small);
        dz[i] = *dy * (sigmoid - targets[i]) / n;
    }
}
