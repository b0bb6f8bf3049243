// Cross-entropy from logits, forward and backward, with ignored rows and label smoothing ε:
//
//   loss = 1/n Σ over rows that count of −Σⱼ qⱼ ln pⱼ,   p = softmax(logits)
//   qⱼ = whole [j = t] + uniform,   whole = 1 − ε,   uniform = ε / C
//   dxⱼ = dy (pⱼ − qⱼ) / n, and 0 in rows that do not count
//
// One block takes one row of the logits [rows, C]. A row whose target is `ignored` does not count
// (`ignores` is 0 where no target is ignored). A target that is not below C gives NaN: a kernel
// cannot refuse, and must not read beyond the row.
#include "common.cuh"

struct Row {
    float m, sum, ln; // the largest (or 0), Σⱼ e^(xⱼ − m), and its logarithm
};

__device__ __forceinline__ Row row_of(const float *x, Count classes) {
    float m = -INFINITE, sum = 0;
    for (Count j = threadIdx.x; j < classes; j += blockDim.x)
        m = Max::of(m, x[j]);
    m = block_fold<Max>(m);
    m = fabsf(m) < INFINITE ? m : 0;
    for (Count j = threadIdx.x; j < classes; j += blockDim.x)
        sum += expf(x[j] - m);
    sum = block_fold<Sum>(sum);
    return {m, sum, sum == 0 ? 0 : logf(sum)};
}

// losses[row] = −whole ln pₜ − uniform Σⱼ ln pⱼ, counted[row] = 1; both 0 where the row does not
// count. A class that has no share may be impossible: 0 · ∞ must not become NaN.
extern "C" __global__ void cross_entropy_value(const float *logits, const unsigned *targets,
                                               float *losses, float *counted, Count rows,
                                               Count classes, unsigned ignores, unsigned ignored,
                                               float whole, float uniform) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *x = logits + row * classes;
        unsigned target = targets[row];
        bool counts = !(ignores && target == ignored); // the same for the whole block
        float loss = 0;
        if (counts) {
            Row r = row_of(x, classes);
            if (uniform != 0) {
                float all = 0;
                for (Count j = threadIdx.x; j < classes; j += blockDim.x)
                    all += (x[j] - r.m) - r.ln;
                loss -= uniform * block_fold<Sum>(all);
            }
            if (target >= classes)
                loss = NOT_A_NUMBER;
            else if (whole != 0)
                loss -= whole * ((x[target] - r.m) - r.ln);
        }
        if (threadIdx.x == 0) {
            losses[row] = loss;
            counted[row] = counts;
        }
    }
}

// loss = Σ losses / n with n = max(1, Σ counted). One block: the order is fixed.
extern "C" __global__ void cross_entropy_mean(const float *losses, const float *counted, float *loss,
                                              float *n, Count rows) {
    float sum = 0, count = 0;
    for (Count row = threadIdx.x; row < rows; row += blockDim.x) {
        sum += losses[row];
        count += counted[row];
    }
    sum = block_fold<Sum>(sum);
    count = fmaxf(block_fold<Sum>(count), 1);
    if (threadIdx.x == 0) {
        *loss = sum / count;
        *n = count;
    }
}

// Softmax is computed again: the logits are there anyway, and keeping p would cost as much memory
// again.
extern "C" __global__ void cross_entropy_slope(const float *logits, const unsigned *targets,
                                               const float *dy, const float *n, float *dx,
                                               Count rows, Count classes, unsigned ignores,
                                               unsigned ignored, float whole, float uniform) {
    for (Count row = blockIdx.x; row < rows; row += gridDim.x) {
        const float *x = logits + row * classes;
        unsigned target = targets[row];
        bool counts = !(ignores && target == ignored);
        Row r = {0, 0, 0};
        if (counts)
            r = row_of(x, classes);
        for (Count j = threadIdx.x; j < classes; j += blockDim.x) {
            float p = r.sum == 0 ? 0 : expf(x[j] - r.m) / r.sum;
            float own = target >= classes ? NOT_A_NUMBER : j == target ? whole : 0;
            dx[row * classes + j] = counts ? *dy * (p - own - uniform) / *n : 0;
        }
    }
}
