// Copy between tensors that lie in any way: what `contiguous`, `concat`, `pad`, `slice` and
// `broadcast_to` are on a device.
//
// Each end has a layout of its own, and both have the same shape.
//
// * `slice`, `transpose`, `broadcast_to` are layouts of the source: a copy makes them contiguous.
// * `pad`: `fill` the result, then copy into its middle, which is a slice of the target.
// * `concat`: one copy for each part, each into its own slice of the target.
// * backward, a slice becomes a pad, a pad a slice, a concat slices: the same copies.
//
// Neighbouring threads write neighbours when the target is contiguous; what they read is up to the
// source's strides. A transposed source is read with a stride: from eight numbers on, each thread
// has a sector of its own.
#include "common.cuh"

// to[index] = from[index] for every index of their shape, which has `count` of them. No two
// indices may have one place in `to`: a target is never broadcast.
extern "C" __global__ void copy_strided(const unsigned *from, Layout from_layout, unsigned *to,
                                        Layout to_layout, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        to[place(to_layout, i)] = from[place(from_layout, i)];
}
