"""The probes of warps, memory and tensor cores: k words in and m words out of each thread.

Thread t of the grid reads words[t][0..k] as %a0, %a1, … and writes %d0, %d1, …; a case is a
block, mostly of one warp, so that an array of inputs is [case][thread][word].
"""
import numpy as np

from arithmetic import HEADER, identifier
from inputs import F32_SPECIAL, SEED, f32_bits

ENTRY = """
.visible .entry {name}(.param .u64 in, .param .u64 out) {{
  .reg .pred %p<6>;
  .reg .b16 %h<8>;
  .reg .b32 %r<8>, %lane, %a<{k}>, %d<{m}>;
  .reg .b64 %w<8>, %at, %to;
  .shared .align 16 .b8 tile[4096];
  mov.u32 %r0, %ctaid.x;
  mov.u32 %r1, %ntid.x;
  mov.u32 %r2, %tid.x;
  mov.u32 %lane, %laneid;
  mad.lo.u32 %r0, %r0, %r1, %r2;
  ld.param.u64 %at, [in];
  mad.wide.u32 %at, %r0, {k4}, %at;
  ld.param.u64 %to, [out];
  mad.wide.u32 %to, %r0, {m4}, %to;
{loads}
{body}
{stores}
  ret;
}}
"""


def module(target, entries):
    return HEADER.format(target=target) + "".join(
        ENTRY.format(
            name=name, k=k, m=m, k4=4 * k, m4=4 * m, body="\n".join("  " + x for x in body),
            loads="\n".join(f"  ld.global.b32 %a{j}, [%at+{4 * j}];" for j in range(k)),
            stores="\n".join(f"  st.global.b32 [%to+{4 * j}], %d{j};" for j in range(m)),
        )
        for name, k, m, body in entries
    )


def listed(letter, first, count):
    return "{" + ", ".join(f"%{letter}{first + j}" for j in range(count)) + "}"


def words(cases, threads, *columns):
    """An input array: each column is a number, or one per case, or one per case and thread."""
    out = np.zeros((cases, threads, len(columns)), np.uint32)
    for j, column in enumerate(columns):
        column = np.asarray(column)
        out[:, :, j] = column[:, None] if column.ndim == 1 else column
    return out


# ---- shuffles -------------------------------------------------------------------------------
# %a0 value, %a1 the lane operand b, %a2 the operand c (clamp in bits 0-4, segment mask 8-12).

def shuffle(mode):
    return (f"shfl_{mode}", 3, 2, [
        f"shfl.sync.{mode}.b32 %d0|%p1, %a0, %a1, %a2, 0xffffffff;",
        "selp.b32 %d1, 1, 0, %p1;"])


def shuffle_inputs():
    r = np.random.default_rng(SEED + 20)
    widths = [(32 - w) << 8 for w in (1, 2, 4, 8, 16, 32)]
    clamps = [w | 0x1F for w in widths] + widths + [0x051F, 0x0A07, 0x1F03, 0xFFFFFFFF, 0x1234]
    lanes = [0, 1, 2, 3, 5, 8, 16, 17, 31, 32, 33, 63, 64, 0xFFFFFFFF]
    cases = 32
    c = np.array([clamps[i % len(clamps)] for i in range(cases)], np.uint32)[:, None]
    c = np.repeat(c, 32, 1)
    b = np.array([lanes[i % len(lanes)] for i in range(cases)], np.uint32)[:, None]
    b = np.repeat(b, 32, 1)
    b[20:] = r.integers(0, 64, (cases - 20, 32))  # another lane in every lane
    c[28:] = r.choice(np.array(clamps, np.uint32), (cases - 28, 32))
    value = (np.arange(32, dtype=np.uint32) * 0x01010101 + 0x10000000)[None].repeat(cases, 0)
    return np.stack([value, b, c], axis=2)


# Only the lanes of the mask %a1 take part; the others keep 0xdeadbeef. A lane outside the mask
# as a source is undefined: the result is what this device does.
SHUFFLE_PARTIAL = ("shfl_idx_partial", 3, 2, [
    "mov.b32 %d0, 0xdeadbeef;", "mov.b32 %d1, 2;", "shr.u32 %r3, %a1, %lane;",
    "and.b32 %r3, %r3, 1;", "setp.eq.u32 %p2, %r3, 0;", "@%p2 bra skip;",
    "shfl.sync.idx.b32 %d0|%p1, %a0, %a2, 0x1f, %a1;", "selp.b32 %d1, 1, 0, %p1;", "skip:"])

MASKS = np.array([0xFFFFFFFF, 0x0000FFFF, 0xFFFF0000, 0x55555555, 0x00000001, 0x80000001,
                  0x7FFFFFFE, 0x0F0F1234], np.uint32)


def lane_values(cases):
    return (np.arange(32, dtype=np.uint32) * 0x01010101 + 0x10000000)[None].repeat(cases, 0)


def shuffle_partial_inputs():
    r = np.random.default_rng(SEED + 21)
    lanes = r.integers(0, 32, (8, 32)).astype(np.uint32)
    lanes[4:] = np.arange(32, dtype=np.uint32) ^ 1
    return words(8, 32, lane_values(8), MASKS, lanes)


# ---- votes, matches, reductions of a warp: %a0 value, %a1 mask of the lanes that take part ----

def masked(name, m, lines):
    return (name, 2, m, [f"mov.b32 %d{j}, 0xdeadbeef;" for j in range(m)] + [
        "shr.u32 %r3, %a1, %lane;", "and.b32 %r3, %r3, 1;", "setp.eq.u32 %p2, %r3, 0;",
        "@%p2 bra skip;"] + lines + ["skip:"])


VOTE = masked("vote", 5, [
    "setp.ne.u32 %p1, %a0, 0;",
    "vote.sync.all.pred %p3, %p1, %a1;", "selp.b32 %d0, 1, 0, %p3;",
    "vote.sync.any.pred %p3, %p1, %a1;", "selp.b32 %d1, 1, 0, %p3;",
    "vote.sync.uni.pred %p3, %p1, %a1;", "selp.b32 %d2, 1, 0, %p3;",
    "vote.sync.ballot.b32 %d3, %p1, %a1;", "activemask.b32 %d4;"])

MATCH = masked("match", 4, [
    "match.any.sync.b32 %d0, %a0, %a1;", "match.all.sync.b32 %d1|%p3, %a0, %a1;",
    "selp.b32 %d2, 1, 0, %p3;", "mov.b64 %w0, {%a0, %a0};",
    "match.any.sync.b64 %d3, %w0, %a1;"])

REDUX = masked("redux", 8, [
    f"redux.sync.{op} %d{j}, %a0, %a1;" for j, op in enumerate(
        "add.u32 min.u32 max.u32 min.s32 max.s32 and.b32 or.b32 xor.b32".split())])


def vote_inputs():
    r = np.random.default_rng(SEED + 22)
    value = np.zeros((12, 32), np.uint32)
    value[1], value[2] = 1, r.integers(0, 2, 32)
    value[3:9] = r.integers(0, 3, (6, 32))
    value[9:] = r.integers(0, 2**32, (3, 32), dtype=np.uint32)
    value[7] = 5
    return words(12, 32, value, np.concatenate([MASKS, MASKS[:4]]))


# ---- barriers that reduce: blocks of 80 threads, the last warp half empty -------------------
BARRIER = ("bar_red", 1, 4, [
    "setp.ne.u32 %p1, %a0, 0;", "bar.red.popc.u32 %d0, 0, %p1;",
    "bar.red.and.pred %p2, 0, %p1;", "selp.b32 %d1, 1, 0, %p2;",
    "bar.red.or.pred %p3, 0, %p1;", "selp.b32 %d2, 1, 0, %p3;",
    "barrier.sync 1;", "mov.b32 %d3, 7;"])


def barrier_inputs():
    r = np.random.default_rng(SEED + 23)
    value = np.zeros((4, 80), np.uint32)
    value[1], value[2] = 1, r.integers(0, 2, 80)
    value[3, 79] = 9
    return words(4, 80, value)


# ---- where a thread stands: grid (2, 3), blocks (5, 3, 3), no inputs ------------------------
SPECIAL_REGISTERS = (
    "tid.x tid.y tid.z ntid.x ntid.y ntid.z ctaid.x ctaid.y nctaid.x nctaid.y laneid "
    "lanemask_eq lanemask_lt lanemask_le lanemask_gt lanemask_ge").split()
REGISTERS = ("registers", 0, len(SPECIAL_REGISTERS), [
    "mov.u32 %r3, %ctaid.y;", "mov.u32 %r4, %nctaid.x;", "mov.u32 %r0, %ctaid.x;",
    "mad.lo.u32 %r0, %r3, %r4, %r0;", "mov.u32 %r3, %tid.z;", "mad.lo.u32 %r3, %r3, 3, 0;",
    "mov.u32 %r4, %tid.y;", "add.u32 %r3, %r3, %r4;", "mad.lo.u32 %r3, %r3, 5, %r2;",
    "mad.lo.u32 %r0, %r0, 45, %r3;", "ld.param.u64 %to, [out];",
    f"mad.wide.u32 %to, %r0, {4 * len(SPECIAL_REGISTERS)}, %to;",
] + [f"mov.u32 %d{j}, %{name};" for j, name in enumerate(SPECIAL_REGISTERS)])

# ---- loads and stores narrower or wider than their registers ---------------------------------
MEMORY = ("memory", 4, 14, [
    "mov.u64 %w0, tile;", "mad.wide.u32 %w0, %lane, 16, %w0;",
    "st.shared.v4.b32 [%w0], {%a0, %a1, %a2, %a3};", "ld.shared.s8 %d0, [%w0];",
    "ld.shared.u8 %d1, [%w0+1];", "ld.shared.s16 %d2, [%w0+2];", "ld.shared.u16 %d3, [%w0+4];",
    "ld.shared.s8 %w1, [%w0+3];", "mov.b64 {%d4, %d5}, %w1;",
    "ld.shared.u16 %w1, [%w0+6];", "mov.b64 {%d6, %d7}, %w1;",
    "ld.shared.s32 %w1, [%w0+12];", "mov.b64 {%d8, %d9}, %w1;",
    "st.shared.u8 [%w0], %a3;", "st.shared.u16 [%w0+2], %a2;",
    "ld.shared.v2.b32 {%d10, %d11}, [%w0];",
    "mov.b32 {%h0, %h1}, %a1;", "mov.b32 %d12, {%h1, %h0};",
    "ld.shared.v2.b64 {%w2, %w3}, [%w0];", "xor.b64 %w2, %w2, %w3;",
    "cvt.u32.u64 %d13, %w2;"])


def memory_inputs():
    r = np.random.default_rng(SEED + 24)
    return r.integers(0, 2**32, (4, 32, 4), dtype=np.uint32)


# ---- ldmatrix: %a0-3 a row of eight 16-bit cells, stored at row `lane`; %a4 the row to give ---

def ldmatrix(count, trans):
    op = f"ldmatrix.sync.aligned.m8n8.x{count}{trans}.shared.b16"
    return (identifier(f"ldmatrix_x{count}{trans}"), 5, count, [
        "mov.u32 %r3, tile;", "mad.lo.u32 %r4, %lane, 16, %r3;",
        "st.shared.v4.b32 [%r4], {%a0, %a1, %a2, %a3};", "bar.sync 0;",
        "mad.lo.u32 %r4, %a4, 16, %r3;", f"{op} {listed('d', 0, count)}, [%r4];"])


def ldmatrix_inputs():
    """Cell j of row i holds 8i + j; the rows are given in order, and then shuffled."""
    cells = np.arange(256, dtype=np.uint32).reshape(32, 4, 2)
    rows = (cells[:, :, 0] | cells[:, :, 1] << 16)[None].repeat(3, 0)
    r = np.random.default_rng(SEED + 25)
    order = np.stack([np.arange(32), r.permutation(32), r.integers(0, 32, 32)])
    return np.concatenate([rows, order[:, :, None].astype(np.uint32)], axis=2)


# ---- cp.async: %a0-3 what lies in global memory, %a4 how many bytes of it are read -------------

def cp_async(cache, size):
    return (f"cp_async_{cache}_{size}", 8, 4, [
        "mov.u32 %r3, tile;", "mad.lo.u32 %r3, %lane, 16, %r3;", "mov.b32 %r4, 0x11111111;",
        "st.shared.v4.b32 [%r3], {%r4, %r4, %r4, %r4};",
        f"cp.async.{cache}.shared.global [%r3], [%at], {size}, %a4;",
        "cp.async.commit_group;", "cp.async.wait_group 0;",
        f"ld.shared.v4.b32 {listed('d', 0, 4)}, [%r3];"])


def cp_async_inputs(size):
    r = np.random.default_rng(SEED + 26)
    w = r.integers(0, 2**32, (1, 32, 8), dtype=np.uint32)
    w[0, :, 4] = np.arange(32) % (size + 1)
    w[0, 0, 4] = size
    return w


# ---- mma: A, B and C by registers, packed as the ISA documents --------------------------------

class Mma:
    def __init__(self, opcode, k, kind, accumulator="f32", target="sm_80"):
        self.opcode, self.k, self.kind, self.accumulator = opcode, k, kind, accumulator
        self.target = target
        self.per = {"f16": 2, "bf16": 2, "tf32": 1, "s8": 4}[kind]  # elements in a register
        self.a, self.b = k // (4 * self.per) * 2, k // (4 * self.per)
        self.c = 2 if accumulator == "f16" else 4
        self.name = identifier(opcode.removeprefix("mma.sync.aligned."))
        self.name = "mma_" + self.name.replace("_row_col", "")

    def entry(self):
        a, b, c = self.a, self.b, self.c
        return (self.name, a + b + c, c, [
            f"{self.opcode} {listed('d', 0, c)}, {listed('a', 0, a)}, {listed('a', a, b)}, "
            f"{listed('a', a + b, c)};"])

    def encode(self, values):
        if self.kind == "s8":
            return np.asarray(values, np.int8).view(np.uint8).astype(np.uint32)
        if self.kind == "f16":
            return np.asarray(values, np.float16).view(np.uint16).astype(np.uint32)
        bits = f32_bits(values)
        return bits if self.kind == "tf32" else bits >> 16

    def pack(self, a, b, c):
        """Matrices to fragments: one word of registers for every lane."""
        group, within = np.arange(32) // 4, np.arange(32) % 4
        a, b, shift = self.encode(a), self.encode(b), 32 // self.per
        out = np.zeros((32, self.a + self.b + self.c), np.uint32)
        for register in range(self.a):
            half, part = register % 2, register // 2
            for e in range(self.per):
                column = part * 4 * self.per + within * self.per + e
                out[:, register] |= a[group + 8 * half, column] << np.uint32(shift * e)
        for register in range(self.b):
            for e in range(self.per):
                row = register * 4 * self.per + within * self.per + e
                out[:, self.a + register] |= b[row, group] << np.uint32(shift * e)
        at = self.a + self.b
        for half in (0, 1):
            pair = [c[group + 8 * half, 2 * within + e] for e in (0, 1)]
            if self.accumulator == "f16":
                low, high = (np.float16(x).view(np.uint16).astype(np.uint32) for x in pair)
                out[:, at + half] = low | high << 16
            else:
                kind = np.int32 if self.accumulator == "s32" else np.float32
                for e in (0, 1):
                    out[:, at + 2 * half + e] = pair[e].astype(kind).view(np.uint32)
        return out

    def unpack(self, d):
        """Result fragments [case][lane][register] to matrices [case][16][8]."""
        group, within = np.arange(32) // 4, np.arange(32) % 4
        kind = {"f32": np.float32, "s32": np.int32, "f16": np.float16}[self.accumulator]
        values = np.ascontiguousarray(d).view(kind).reshape(len(d), 32, 4)
        out = np.zeros((len(d), 16, 8), kind)
        for half in (0, 1):
            for e in (0, 1):
                out[:, group + 8 * half, 2 * within + e] = values[:, :, 2 * half + e]
        return out

    def cases(self):
        """(name, A, B, C) for every case; a matrix is 16×k, k×8, 16×8 in f32 or integers."""
        r = np.random.default_rng(SEED + 27)
        k, big = self.k, self.kind
        i, j, l = np.arange(16)[:, None], np.arange(8)[None, :], np.arange(k)
        a = (3 * i + 5 * l[None] + i * l[None]) % 13 - 6.0
        b = (2 * l[:, None] + 7 * j + l[:, None] * j) % 11 - 5.0
        yield "integers", a, b, (i * 8 + j) - 50.0
        one = (l[None] == (3 * i + 1) % k) * 1.0
        yield "one column each", one, (l[:, None] * 8 + j) % 128 * 1.0, 0.0 * (i + j)
        if self.kind == "s8":
            yield from self.integer_cases(r)
            return
        ones, zero = np.ones((k, 8)), np.zeros((16, 8))
        for n in range(3):
            scale = 0.0 if n == 0 else 1.0
            yield (f"normal {n}", r.normal(size=(16, k)), r.normal(size=(k, 8)),
                   scale * r.normal(size=(16, 8)))
        spread = 2.0 ** r.integers(-6, 7, (16, k))
        yield ("wide exponents", r.normal(size=(16, k)) * spread,
               r.normal(size=(k, 8)) * 2.0 ** r.integers(-4, 5, (k, 8)), zero)

        # Row i: a product 2^(12+i), a small one near 1.75·2^-4, and the big one taken away.
        def cancel(last, in_c):
            a, b, c = np.zeros((16, k)), np.zeros((k, 8)), zero.copy()
            b[:] = 1
            b[0], b[last], b[1] = 2.0**12, 2.0**12, 2.0**-2 * (1 + j[0] / 8)
            a[:, 0] = a[:, last] = 2.0 ** i[:, 0]
            a[:, last] *= -1
            a[:, 1] = 2.0**-2 * 1.75
            if in_c:
                a[:, 0] = 0
                c[:] = 2.0 ** (i + 12)
            return a, b, c
        if self.accumulator == "f32":
            yield "cancel, adjacent", *cancel(2, False)
            yield "cancel, last", *cancel(k - 1, False)
            yield "cancel, in C", *cancel(k - 1, True)
        # One and k − 1 small products 2^-(16+i); signs by column. How is the sum rounded?
        for sign in (1.0, -1.0):
            a = np.repeat(2.0 ** -(8.0 + i), k, 1)
            a[:, 0] = sign * 2.0**8
            b = np.full((k, 8), 2.0**-8) * np.where(j % 2, -1.0, 1.0)
            b[0] = 2.0**-8 * (1 + j[0] / 8)
            yield f"small ones beside {sign:+}", a, b, zero
            a = a.copy()
            a[:, 0] = 0
            yield f"small ones beside C {sign:+}", a, b, zero + sign * (1 + j / 8)
        # One small product beside C: truncation, to nearest, or away?
        a = np.zeros((16, k))
        a[:, 3] = 2.0 ** -(13.0 + i[:, 0] // 2)
        b = np.zeros((k, 8))
        b[3] = 2.0**-6 * np.array([1, -1, 1.5, -1.5, 1.25, -1.25, 1.75, -1.75])
        yield "one small one beside 1", a, b, zero + 1
        yield "one small one beside -1.5", a, b, zero - 1.5
        # Significands of all bits and exponents far apart.
        for n, spread in enumerate((4, 12, 24)):
            reach = 5 if self.kind == "f16" and spread > 5 else spread
            a = r.normal(size=(16, k)) * 2.0 ** r.integers(-reach, reach + 1, (16, k))
            b = r.normal(size=(k, 8)) * 2.0 ** r.integers(-reach, reach + 1, (k, 8))
            c = r.normal(size=(16, 8)) * 2.0 ** r.integers(-reach, reach + 1, (16, 8))
            yield f"exponents within ±{spread}", a, b, c
        # Zeros: the sign of a sum of zeros.
        a = np.zeros((16, k)) * np.where(i % 2, -1.0, 1.0)
        b = np.ones((k, 8)) * np.where(j % 2, -1.0, 1.0)
        yield "zeros, C = +0", a, b, zero
        yield "zeros, C = -0", a, b, -zero
        # Subnormals, infinities, NaN: one special value a row.
        least = {"f16": 2.0**-24, "bf16": 2.0**-133, "tf32": 2.0**-136}[big]
        top = {"f16": 65504.0, "bf16": 2.0**127 * 1.9921875, "tf32": 2.0**127 * 1.9990234375}[big]
        special = [least, 3 * least, -least, top, -top, np.inf, -np.inf, np.nan, 0, 1]
        a = np.zeros((16, k))
        a[:, 2] = [special[n % len(special)] for n in range(16)]
        a[10:, min(5, k - 1)] = [np.inf, -np.inf, top, 1, -1, np.nan]
        b = np.zeros((k, 8))
        b[2] = [1, -1, 0, 2, np.inf, 0.5, top, least]
        b[min(5, k - 1)] = 1
        yield "specials", a, b, zero
        if self.accumulator == "f32":
            c = F32_SPECIAL[[0, 1, 2, 5, 7, 15, 18, 24]].view(np.float32)[None].repeat(16, 0)
            b = b.copy()
            b[2] = 1
            yield "specials and C", a, b, c

    def integer_cases(self, r):
        k = self.k
        yield ("random", r.integers(-128, 128, (16, k)), r.integers(-128, 128, (k, 8)),
               r.integers(-(2**31), 2**31, (16, 8)))
        yield ("overflow", np.full((16, k), -128), np.full((k, 8), -128),
               np.full((16, 8), 2**31 - 1))


def mma(shape, kinds, k, kind, accumulator="f32", target="sm_80"):
    return Mma(f"mma.sync.aligned.{shape}.row.col.{kinds}", k, kind, accumulator, target)


MMAS = [
    mma("m16n8k16", "f32.bf16.bf16.f32", 16, "bf16"),
    mma("m16n8k16", "f32.f16.f16.f32", 16, "f16"),
    mma("m16n8k16", "f16.f16.f16.f16", 16, "f16", "f16"),
    mma("m16n8k8", "f32.bf16.bf16.f32", 8, "bf16"),
    mma("m16n8k8", "f32.f16.f16.f32", 8, "f16", target="sm_75"),
    mma("m16n8k8", "f32.tf32.tf32.f32", 8, "tf32"),
    mma("m16n8k4", "f32.tf32.tf32.f32", 4, "tf32"),
    mma("m16n8k32", "s32.s8.s8.s32", 32, "s8", "s32"),
    mma("m16n8k32", "satfinite.s32.s8.s8.s32", 32, "s8", "s32"),
]


def probes():
    """(entry, target, input array, block, grid or None, names of the cases or None)."""
    shuffles, votes = shuffle_inputs(), vote_inputs()
    for mode in ("up", "down", "bfly", "idx"):
        yield shuffle(mode), "sm_75", shuffles, 32, None, None
    yield SHUFFLE_PARTIAL, "sm_75", shuffle_partial_inputs(), 32, None, None
    yield VOTE, "sm_75", votes, 32, None, None
    yield MATCH, "sm_75", votes, 32, None, None
    yield REDUX, "sm_80", votes, 32, None, None
    yield BARRIER, "sm_75", barrier_inputs(), 80, None, None
    yield REGISTERS, "sm_75", np.zeros((6, 45, 0), np.uint32), (5, 3, 3), (2, 3), None
    yield MEMORY, "sm_75", memory_inputs(), 32, None, None
    for count in (1, 2, 4):
        for trans in ("", ".trans"):
            yield ldmatrix(count, trans), "sm_75", ldmatrix_inputs(), 32, None, None
    for cache, size in (("ca", 4), ("ca", 8), ("ca", 16), ("cg", 16)):
        yield cp_async(cache, size), "sm_80", cp_async_inputs(size), 32, None, None
    for op in MMAS:
        with np.errstate(over="ignore"):
            cases = list(op.cases())
            fragments = np.stack([op.pack(a, b, c) for _, a, b, c in cases])
        yield op.entry(), op.target, fragments, 32, None, [name for name, *_ in cases]
