// Dropout with the mask that the processor draws, to the bit: y = x mask, mask 0 or 1/(1 − p).
//
// The processor draws one number after the other. A thousand threads cannot wait for each other,
// and need not: ChaCha (Bernstein 2008) is counter-based. Its stream is cut into blocks of 16 words,
// and block b is a function of the key and of b alone, so each thread makes its own. (Eight rounds;
// the layout is rand_chacha's: constants, key, a counter of 64 bits, a stream number of 64 bits.)
//
// Nothing need be kept for the backward pass: dx = dy mask is this kernel on dy, with the same key.
#include "common.cuh"

struct Stream {
    unsigned key[8];
    Count number; // of the stream; 0 unless somebody chose another
};

__device__ __forceinline__ unsigned rotate(unsigned x, int bits) {
    return x << bits | x >> (32 - bits);
}

__device__ __forceinline__ void quarter_round(unsigned &a, unsigned &b, unsigned &c, unsigned &d) {
    a += b, d = rotate(d ^ a, 16);
    c += d, b = rotate(b ^ c, 12);
    a += b, d = rotate(d ^ a, 8);
    c += d, b = rotate(b ^ c, 7);
}

// Block b of the stream. Every index is a constant once the loops are unrolled, so that all 32
// words stay in registers.
__device__ __forceinline__ void chacha8(const Stream &stream, Count block, unsigned (&words)[16]) {
    unsigned start[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}; // "expand 32-byte k"
#pragma unroll
    for (int i = 0; i < 8; i++)
        start[4 + i] = stream.key[i];
    start[12] = unsigned(block), start[13] = unsigned(block >> 32);
    start[14] = unsigned(stream.number), start[15] = unsigned(stream.number >> 32);
#pragma unroll
    for (int i = 0; i < 16; i++)
        words[i] = start[i];
#pragma unroll
    for (int twice = 0; twice < 4; twice++) {
#pragma unroll
        for (int i = 0; i < 4; i++) // the columns of the words as a square of 4 × 4
            quarter_round(words[i], words[4 + i], words[8 + i], words[12 + i]);
#pragma unroll
        for (int i = 0; i < 4; i++) // its diagonals
            quarter_round(words[i], words[4 + (i + 1) % 4], words[8 + (i + 2) % 4],
                          words[12 + (i + 3) % 4]);
    }
#pragma unroll
    for (int i = 0; i < 16; i++)
        words[i] += start[i];
}

// words[i] = word `first + i` of the stream. A thread for each block of 16.
extern "C" __global__ void chacha8_words(Stream stream, Count first, unsigned *words, Count count) {
    Count last = (first + count + 15) / 16;
    for (Count block = first / 16 + thread_in_grid(); block < last; block += threads_in_grid()) {
        unsigned drawn[16];
        chacha8(stream, block, drawn);
#pragma unroll
        for (int k = 0; k < 16; k++) {
            Count word = block * 16 + k;
            if (word >= first && word - first < count)
                words[word - first] = drawn[k];
        }
    }
}

// y[i] = x[i] · (dropped ? 0 : kept). Element i takes the words first + 2i and first + 2i + 1 as a
// number of 64 bits, the low half first; its upper 53 bits are what becomes a uniform number u =
// bits / 2⁵³ on the processor. u < p is bits < ⌈p 2⁵³⌉, the threshold: no fraction is needed here.
//
// A thread makes one block of words, for the eight elements that begin in it. Where `first` is odd
// the eighth takes its second word from the next block.
extern "C" __global__ void dropout(const float *x, float *y, Stream stream, Count first,
                                   Count threshold, float kept, Count count) {
    bool odd = first % 2;
    Count base = first / 16, last = (first + 2 * count + 15) / 16;
    for (Count block = base + thread_in_grid(); block < last; block += threads_in_grid()) {
        unsigned drawn[16], next[16] = {0};
        chacha8(stream, block, drawn);
        if (odd)
            chacha8(stream, block + 1, next);
#pragma unroll
        for (int k = 0; k < 16; k += 2) {
            Count word = block * 16 + k + odd; // where this element begins
            Count i = (word - first) / 2;
            if (word < first || i >= count)
                continue;
            unsigned low = odd ? drawn[k + 1] : drawn[k];
            unsigned high = !odd ? drawn[k + 1] : k + 2 < 16 ? drawn[(k + 2) % 16] : next[0];
            Count bits = (Count(high) << 32 | low) >> 11;
            // A product, as on the processor: a NaN that is dropped stays NaN.
            y[i] = x[i] * (bits < threshold ? 0 : kept);
        }
    }
}
