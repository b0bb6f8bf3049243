"""The inputs of the arithmetic probes: the awkward values by hand, the rest from a fixed seed."""
import numpy as np

SEED = 20261124


def f32_bits(values):
    return np.asarray(values, np.float32).view(np.uint32)


def f64_bits(values):
    return np.asarray(values, np.float64).view(np.uint64)


def unique(parts, dtype):
    """All parts in order, each bit pattern once."""
    every = np.concatenate([np.asarray(part, dtype).ravel() for part in parts])
    _, first = np.unique(every, return_index=True)
    return every[np.sort(first)]


# Zeros, subnormals, the smallest normal, one, infinities, quiet and signalling NaNs.
F32_SPECIAL = np.array(
    [0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x00400000, 0x007FFFFF, 0x807FFFFF,
     0x00800000, 0x80800000, 0x00800001, 0x3F800000, 0xBF800000, 0x3F7FFFFF, 0x3F800001,
     0x40490FDB, 0x7F7FFFFF, 0xFF7FFFFF, 0x7F000000, 0x7F800000, 0xFF800000, 0x7FC00000,
     0xFFC00000, 0x7F800001, 0xFFBFFFFF, 0x7FA5A5A5, 0x7FFFFFFF, 0xFFFFFFFF],
    np.uint32,
)


def f32_unary():
    r = np.random.default_rng(SEED)
    powers = f32_bits([2.0**k for k in range(-149, 128)])
    halves = np.arange(-7, 8) / 2
    edges = []  # where a conversion to an integer begins to saturate
    for bits in (7, 8, 15, 16, 31, 32, 63, 64):
        for sign in (1, -1):
            x = np.float32(sign * 2.0**bits)
            edges += [x, np.nextafter(x, np.float32(0)), np.nextafter(x, 2 * x)]
            if bits < 20:
                edges += [x - sign * np.float32(d) for d in (0.25, 0.5, 0.75, 1, 1.5)]
                edges += [x + sign * np.float32(d) for d in (0.25, 0.5, 0.75, 1)]
    rounding = [0.49999997, 0.50000006, 8388607.5, 8388608, 8388609, 16777217, 4194303.5]
    quarter = [k * np.pi / 2 for k in (1, 2, 3, 4, 5, 8, 21, 100, 1001, 12345, 10**7)]
    near = [np.nextafter(np.float32(x), np.float32(d)) for x in quarter for d in (0, 9e9)]
    exponent = [127.99999, 128, 128.00001, -125.99999, -126, -126.5, -127.3, -148.99998]
    exponent += [-149, -149.5, -150, -150.00002, -151, 1e-8, -1e-8, 88.72284, 9.01, -9.01]
    half = [65504, 65519.996, 65520, 65536, 2**-14, 2**-24, 2**-25, 1.5 * 2**-24]
    half += [np.nextafter(np.float32(2**-25), np.float32(1)), 1 + 2**-11, 1 + 3 * 2**-11]
    half += [2**-14 - 2**-25, 2**-14 - 2**-26, 61440.0, 1.0009766, 2048.9998]
    bfloat = [0x3F808000, 0x3F818000, 0x3F807FFF, 0x3F808001, 0x7F7F8000, 0x7F7F7FFF,
              0x3F801000, 0x3F803000, 0x3F800FFF, 0x3F801001, 0x7F7FF000, 0x7F7FEFFF]
    every_exponent = r.integers(0, 2**32, 256, dtype=np.uint32)
    usual = f32_bits(r.uniform(-8, 8, 64))
    near_one = f32_bits(1 + r.uniform(-0.01, 0.01, 32))
    parts = [F32_SPECIAL, powers, powers[::16] | np.uint32(1 << 31), f32_bits(halves)]
    for values in (edges, rounding, quarter, near, exponent, half):
        parts += [f32_bits(values), f32_bits(-np.asarray(values, np.float32))]
    return unique(parts + [np.array(bfloat), every_exponent, usual, near_one], np.uint32)[None]


def all_pairs(special, extra):
    """Every ordered pair of the special values, then the extra pairs; two rows."""
    a, b = np.meshgrid(special, special, indexing="ij")
    return np.concatenate([np.stack([a.ravel(), b.ravel()]), extra], axis=1)


def f32_binary():
    r = np.random.default_rng(SEED + 1)
    anything = r.integers(0, 2**32, (2, 96), dtype=np.uint32)
    usual = f32_bits(r.normal(size=(2, 96)))
    close = f32_bits(r.uniform(1, 2, (2, 32)))
    close[1] = close[0] ^ np.uint32(0x80000000) ^ r.integers(0, 4, 32, dtype=np.uint32)
    large = f32_bits(2.0 ** r.uniform(124, 128, (2, 32)))  # div.approx beyond 2^126
    small = f32_bits(2.0 ** r.uniform(-149, -120, (2, 32)))
    extra = np.concatenate([anything, usual, close, large, small], axis=1)
    special = np.delete(F32_SPECIAL, [3, 4, 8, 9, 14, 17, 25])
    return all_pairs(special, extra)


def f32_ternary():
    r = np.random.default_rng(SEED + 2)
    special = np.array([0, 0x80000000, 0x807FFFFF, 0x00800000, 0x3F800000, 0xBF800001,
                        0x7F7FFFFF, 0x7F800000, 0xFF800000, 0x7FA5A5A5], np.uint32)
    grid = np.stack(np.meshgrid(special, special, special, indexing="ij")).reshape(3, -1)
    anything = r.integers(0, 2**32, (3, 64), dtype=np.uint32)
    usual = f32_bits(r.normal(size=(3, 96)))
    cancel = f32_bits(r.uniform(1, 2, (3, 64)))  # a·b − round(a·b): the error of a product
    cancel[2] = f32_bits(-(cancel[0].view(np.float32) * cancel[1].view(np.float32)))
    tiny = f32_bits(2.0 ** r.uniform(-75, -60, (3, 64)))
    tiny[2] = r.integers(0, 2**24, 64, dtype=np.uint32)
    return np.concatenate([grid, anything, usual, cancel, tiny], axis=1)


F64_SPECIAL = np.array(
    [0, 1 << 63, 1, 0x000FFFFFFFFFFFFF, 0x800FFFFFFFFFFFFF, 0x0010000000000000,
     0x3FF0000000000000, 0xBFF0000000000001, 0x3FEFFFFFFFFFFFFF, 0x7FEFFFFFFFFFFFFF,
     0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0xFFF0000000000001,
     0x7FF5A5A5A5A5A5A5, 0xFFFFFFFFFFFFFFFF],
    np.uint64,
)


def f64_unary():
    r = np.random.default_rng(SEED + 3)
    values = [2.0**k for k in (-1074, -1030, -1023, -1022, -160, -151, -150, -149, -127)]
    values += [1.5 * 2.0**-150, 2.0**-126 - 2.0**-151, 2.0**-126 - 2.0**-150]
    values += [2.0**127, 2.0**128, 2.0**128 - 2.0**103, 2.0**128 - 2.0**102, 3.4028235e38]
    values += [1 + 2.0**-24, 1 + 3 * 2.0**-24, 1 + 2.0**-24 + 2.0**-52, 2.0**1023]
    values += list(np.arange(0, 8) / 2) + [0.49999999999999994, 2.0**52 + 0.5, 2.0**53]
    for bits in (7, 8, 15, 16, 31, 32, 63, 64):
        x = 2.0**bits
        values += [x, np.nextafter(x, 0), np.nextafter(x, 1e300), x - 0.5, x + 0.5, x - 0.25]
    values += [65504.0, 65520.0, 65519.999999, 2.0**-25, 2.0**-24 * 1.5]
    both = f64_bits(values)
    anything = r.integers(0, 2**64, 128, dtype=np.uint64)
    in_f32 = f64_bits(r.normal(size=96) * 2.0 ** r.uniform(-150, 128, 96))
    parts = [F64_SPECIAL, both, both ^ np.uint64(1 << 63), anything, in_f32]
    return unique(parts, np.uint64)[None]


def f64_binary():
    r = np.random.default_rng(SEED + 4)
    extra = np.concatenate(
        [r.integers(0, 2**64, (2, 32), dtype=np.uint64), f64_bits(r.normal(size=(2, 64)))],
        axis=1,
    )
    return all_pairs(F64_SPECIAL, extra)


def f64_ternary():
    r = np.random.default_rng(SEED + 5)
    special = F64_SPECIAL[[0, 1, 2, 4, 6, 9, 10, 14]]
    grid = np.stack(np.meshgrid(special, special, special, indexing="ij")).reshape(3, -1)
    usual = f64_bits(r.normal(size=(3, 64)))
    cancel = f64_bits(r.uniform(1, 2, (3, 32)))
    cancel[2] = f64_bits(-(cancel[0].view(np.float64) * cancel[1].view(np.float64)))
    return np.concatenate([grid, usual, cancel], axis=1)


I32_SPECIAL = np.array(
    [0, 1, 2, 7, 15, 16, 31, 32, 33, 64, 127, 128, 255, 256, 0x7FFF, 0x8000, 0xFFFF, 0x1000003,
     0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFF7F, 0xFFFF8000, 0xFFFFFFFF],
    np.uint32,
)


def i32_unary():
    r = np.random.default_rng(SEED + 6)
    powers = np.uint32(1) << np.arange(32, dtype=np.uint32)
    ties = (np.uint32(1) << np.arange(24, 32, dtype=np.uint32))
    ties = np.concatenate([ties + (ties >> 24), ties + 3 * (ties >> 24), ties + 1, ties - 1])
    anything = r.integers(0, 2**32, 128, dtype=np.uint32)
    return unique([I32_SPECIAL, powers, ties, -ties, anything], np.uint32)[None]


def i32_binary():
    r = np.random.default_rng(SEED + 7)
    return all_pairs(I32_SPECIAL, r.integers(0, 2**32, (2, 63), dtype=np.uint32))


def i32_ternary():
    """Operands such as a position and a length of a bit field, most of them out of range."""
    r = np.random.default_rng(SEED + 8)
    values = np.array([0x80000000, 0x7FFFFFFF, 0x12345678, 0xFEDCBA98, 0xFFFFFFFF], np.uint32)
    places = np.array([0, 1, 8, 31, 32, 33, 64, 255, 256, 0xFFFFFFFF], np.uint32)
    grid = np.stack(np.meshgrid(values, places, places, indexing="ij")).reshape(3, -1)
    anything = r.integers(0, 2**32, (3, 100), dtype=np.uint32)
    return np.concatenate([grid, anything], axis=1)


def i64_unary():
    r = np.random.default_rng(SEED + 9)
    one = np.uint64(1) << np.arange(64, dtype=np.uint64)
    ties = np.uint64(1) << np.arange(24, 64, dtype=np.uint64)
    ties = np.concatenate([ties + (ties >> np.uint64(24)), ties - np.uint64(1)])
    wide = np.uint64(1) << np.arange(53, 64, dtype=np.uint64)
    wide = np.concatenate([wide + (wide >> np.uint64(53)), wide + np.uint64(1)])
    special = [0, 2**63 - 1, 2**63, 2**64 - 1, 2**64 - 128, 2**64 - 129, 2**31, 2**32 - 1]
    anything = r.integers(0, 2**64, 96, dtype=np.uint64)
    parts = [np.array(special, np.uint64), one, ties, -ties, wide, -wide, anything]
    return unique(parts, np.uint64)[None]


I64_SPECIAL = np.array(
    [0, 1, 7, 32, 33, 63, 64, 65, 2**31, 2**32 - 1, 2**32, 2**63 - 1, 2**63, 2**63 + 1,
     2**64 - 2**31, 2**64 - 1], np.uint64)


def i64_binary():
    r = np.random.default_rng(SEED + 10)
    return all_pairs(I64_SPECIAL, r.integers(0, 2**64, (2, 48), dtype=np.uint64))


def i64_ternary():
    r = np.random.default_rng(SEED + 11)
    values = np.array([2**63, 2**63 - 1, 0x123456789ABCDEF0, 2**64 - 1], np.uint64)
    places = np.array([0, 1, 8, 31, 32, 63, 64, 65, 255, 256], np.uint64)
    grid = np.stack(np.meshgrid(values, places, places, indexing="ij")).reshape(3, -1)
    anything = r.integers(0, 2**64, (3, 48), dtype=np.uint64)
    return np.concatenate([grid, anything], axis=1)


# The same marks in f16 and, after them, in bf16; both are read by both families.
HALF_SPECIAL = np.array(
    [0, 0x8000, 1, 0x83FF, 0x0400, 0x3C00, 0xBC01, 0x3BFF, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00,
     0x7E00, 0x7C01, 0xFFFF, 0x007F, 0x0080, 0x3F80, 0xBF81, 0x7F7F, 0x7F80, 0xFF80, 0x7FC0,
     0x7FA5], np.uint16)


def half_unary():
    r = np.random.default_rng(SEED + 12)
    every_exponent = (np.arange(64, dtype=np.uint32) << 10).astype(np.uint16)
    halves = np.arange(-4, 5, 0.5).astype(np.float16).view(np.uint16)
    anything = r.integers(0, 2**16, 160, dtype=np.uint16)
    usual = r.uniform(-4, 4, 64).astype(np.float16).view(np.uint16)
    parts = [HALF_SPECIAL, every_exponent, every_exponent + 0x155, halves, anything, usual]
    return unique(parts, np.uint16)[None]


def half_binary():
    r = np.random.default_rng(SEED + 13)
    usual = r.normal(size=(2, 48)).astype(np.float16).view(np.uint16)
    brain = (f32_bits(r.normal(size=(2, 48))) >> 16).astype(np.uint16)
    anything = r.integers(0, 2**16, (2, 48), dtype=np.uint16)
    return all_pairs(HALF_SPECIAL, np.concatenate([usual, brain, anything], axis=1))


def half_ternary():
    r = np.random.default_rng(SEED + 14)
    special = HALF_SPECIAL[[0, 1, 2, 4, 5, 8, 10, 11, 13]]
    grid = np.stack(np.meshgrid(special, special, special, indexing="ij")).reshape(3, -1)
    usual = r.normal(size=(3, 64)).astype(np.float16).view(np.uint16)
    brain = (f32_bits(r.normal(size=(3, 64))) >> 16).astype(np.uint16)
    return np.concatenate([grid, usual, brain], axis=1)


def pack(halves):
    """Two neighbouring halves to one 32-bit word, the first in the low half."""
    even = halves[:, : halves.shape[1] // 2 * 2]
    low, high = even[:, 0::2].astype(np.uint32), even[:, 1::2].astype(np.uint32)
    return low | high << 16


def half2_ternary():
    r = np.random.default_rng(SEED + 15)
    h = half_ternary()
    return pack(h[:, r.permutation(h.shape[1])])


def edge_ternary():
    """Products and sums just around 2^-126, where flushing asks before or after rounding."""
    r = np.random.default_rng(SEED + 17)
    one = np.arange(-24, 24)
    a = np.float32(2.0**-63) * (1 + one[:, None] * np.float32(2.0**-23))
    b = np.float32(2.0**-63) * (1 - one[None] * np.float32(2.0**-23))
    pairs = np.stack([f32_bits(a + 0 * b).ravel(), f32_bits(b + 0 * a).ravel()])
    pairs = pairs[:, r.permutation(pairs.shape[1])[:400]]
    pairs[0, ::3] |= 0x80000000
    return np.concatenate([pairs, np.array([[0], [0x80000000]])[r.integers(0, 2, 400)].T.reshape(
        1, -1).astype(np.uint32)])


def nan_ternary():
    """Which of several f64 NaN goes on, and what an infinity times zero beside one gives."""
    some = np.array([0x3FF0000000000000, 0, 0x7FF0000000000000, 0x7FF8000000000001,
                     0xFFF8000000000002, 0x7FF0000000000003], np.uint64)
    return np.stack(np.meshgrid(some, some, some, indexing="ij")).reshape(3, -1)


# The atomics do no arithmetic of their own beyond a few cases: an even sample is enough.


def sample(values, count=192):
    return values[:, np.linspace(0, values.shape[1] - 1, count).astype(int)]


def cell32_binary():
    return sample(i32_binary())


def cell32_ternary():
    """For compare-and-swap: in every second column the comparison succeeds."""
    values = sample(i32_ternary(), 64)
    values[1, ::2] = values[0, ::2]
    return values


def cell64_binary():
    return sample(i64_binary(), 128)


def cellf32_binary():
    r = np.random.default_rng(SEED + 16)
    tiny = r.integers(0, 2**24, (2, 48), dtype=np.uint32)
    tiny |= r.integers(0, 2, (2, 48), dtype=np.uint32) << 31
    return np.concatenate([all_pairs(F32_SPECIAL[[0, 1, 2, 5, 6, 7, 8, 10, 11, 15, 18, 19,
                                                  20, 24]], tiny), f32_binary()[:, -96:]], axis=1)


INPUTS = {f.__name__: f for f in (
    f32_unary, f32_binary, f32_ternary, f64_unary, f64_binary, f64_ternary, i32_unary,
    i32_binary, i32_ternary, i64_unary, i64_binary, i64_ternary, half_unary, half_binary,
    half_ternary, half2_ternary, cell32_binary, cell32_ternary, cell64_binary,
    cellf32_binary, edge_ternary, nan_ternary)}
