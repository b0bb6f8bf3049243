// Copy and fill: the smallest kernels there are, and the pattern of all that treat each element by
// itself.
//
// A grid-stride loop. Thread t of T takes the elements t, t + T, t + 2T, … Three things follow:
//
// * Any grid is right. One block of 32 threads copies a billion elements, slowly; so the size of
//   the grid is a question of speed alone, and a test with a small grid tests the real loop.
// * Neighbours read neighbours. In each round the 32 threads of a warp touch 32 elements that lie
//   side by side, 128 bytes: four of memory's sectors of 32 bytes, every byte of them used. Were
//   each thread given a stretch of its own, the 32 places would lie in up to 32 sectors.
// * The bound is checked before each access. The last round has work for some threads only, and a
//   size of 0 for none.
//
// Both kernels move words of 32 bits and do not ask what they stand for: f32 or u32, and every
// bit of a NaN, arrive as they were.
#include "common.cuh"

// ANCHOR: copy
// to[i] = from[i] for all i < count. The two must not overlap: threads run in no order, and some
// would read what others have written.
extern "C" __global__ void copy(const unsigned *from, unsigned *to, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        to[i] = from[i];
}
// ANCHOR_END: copy

// to[i] = word for all i < count.
extern "C" __global__ void fill(unsigned *to, unsigned word, Count count) {
    for (Count i = thread_in_grid(); i < count; i += threads_in_grid())
        to[i] = word;
}
