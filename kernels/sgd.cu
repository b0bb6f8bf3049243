// A step of stochastic gradient descent, with momentum and Nesterov's look ahead:
//
//   g ← g + λ w,   v ← μ v + g,   w ← w − η v;   with Nesterov w ← w − η (g + μ v)
//
// Fused: each thread reads w, v and g of its elements once and writes w and v once. Written as
// separate element-wise kernels, the same formula moves each number several times.
#include "common.cuh"

struct SgdStep {
    float rate, momentum, decay; // η, μ, λ
    unsigned nesterov;           // 0 or 1
};

extern "C" __global__ void sgd(float *weights, float *velocities, const float *gradients,
                               SgdStep step, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {
        float w = weights[i];
        float g = gradients[i] + step.decay * w;
        float v = step.momentum * velocities[i] + g;
        velocities[i] = v;
        weights[i] = w - step.rate * (step.nesterov ? g + step.momentum * v : v);
    }
}
