// A step of Adam, and of AdamW, which lets weights decay outside the moments:
//
//   m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)
//   v ← β₂ v + (1 − β₂) g²       v̂ = v / (1 − β₂ᵗ)
//   w ← w − η λ w − η m̂ / (√v̂ + ε)
//
// Fused: four numbers read and three written for each weight, and no more. What is the same for
// all weights the processor computes once, in f64: 1 − β₂ taken in f32 would have lost digits.
#include "common.cuh"

struct AdamStep {
    float beta1, beta2;   // β₁, β₂
    float fresh1, fresh2; // 1 − β₁, 1 − β₂
    float m_hat, v_hat;   // 1 / (1 − β₁ᵗ), 1 / (1 − β₂ᵗ)
    float rate, keep;     // η, 1 − η λ
    float epsilon;        // ε
};

extern "C" __global__ void adam(float *weights, float *first, float *second, const float *gradients,
                                AdamStep step, Count count) {
    // ANCHOR: step
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid()) {
        float g = gradients[i];
        float m = step.beta1 * first[i] + step.fresh1 * g;
        float v = step.beta2 * second[i] + step.fresh2 * g * g;
        first[i] = m;
        second[i] = v;
        float change = m * step.m_hat / (sqrtf(v * step.v_hat) + step.epsilon);
        weights[i] = weights[i] * step.keep - step.rate * change;
    }
    // ANCHOR_END: step
}
