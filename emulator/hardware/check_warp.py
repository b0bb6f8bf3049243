"""The recorded results of warps and tensor cores against models: `python check_warp.py`.

The model of mma is this device's, found by these probes; the ISA leaves it open.
"""
import json
from pathlib import Path

import numpy as np

import warp
from check import BF16, F16, F32, Fraction, float_product, float_sum

HERE = Path(__file__).parent / "results"
EMPTY = 0xDEADBEEF


def floor_log2(magnitude):
    e = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
    return e - (magnitude < Fraction(2) ** e)


def finite_dot(pairs, c, accumulator, extra_bits):
    """Sum of products and C: each is cut off at a place below the largest exponent.

    The exponent of a product is the sum of its factors' (their significands are not
    normalised); what lies below 2^(largest − 23 − extra_bits) is dropped, towards zero.
    """
    terms = [(x * y, floor_log2(abs(x)) + floor_log2(abs(y))) for x, y in pairs if x * y]
    if c:
        terms.append((c, max(floor_log2(abs(c)), -126)))
    if not terms:
        return 0  # +0, whatever the signs
    place = Fraction(2) ** (max(e for _, e in terms) - 23 - extra_bits)
    total = sum((int(value / place) for value, _ in terms), 0) * place
    if accumulator == "f16":
        bits = F16.encode(total, "rn")
        return 0 if bits == F16.sign else bits  # what becomes zero is +0
    bits = F32.encode(total, "rz")
    if bits == F32.sign:
        return 0
    # Towards zero, but what is too large is infinite.
    too_large = abs(total) >= Fraction(2) ** 128
    return (bits & 0x80000000) | 0x7F800000 if too_large else bits


def special_dot(f, pairs, c):
    """Infinities and NaN by IEEE's rules, without an order."""
    total = c
    for x, y in pairs:
        special = isinstance(x, float) or isinstance(y, float)
        total = add_special(total, float_product(x, y) if special else Fraction(0))
    return f.nan if total != total else f.infinity | (f.sign if total < 0 else 0)


def add_special(x, y):
    if isinstance(x, float) or isinstance(y, float):
        return float_sum(x, y)
    return x + y


def unpack(op, words):
    """The bit patterns of A, B and C from fragments: the inverse of Mma.pack."""
    per, shift = op.per, 32 // op.per
    mask = (1 << shift) - 1
    a, b, c = (np.zeros(s, object) for s in ((16, op.k), (op.k, 8), (16, 8)))
    for lane in range(32):
        group, within = divmod(lane, 4)
        for r in range(op.a):
            for e in range(per):
                column = r // 2 * 4 * per + within * per + e
                a[group + 8 * (r % 2), column] = int(words[lane, r]) >> shift * e & mask
        for r in range(op.b):
            for e in range(per):
                row = r * 4 * per + within * per + e
                b[row, group] = int(words[lane, op.a + r]) >> shift * e & mask
        for r in range(op.c):
            word = int(words[lane, op.a + op.b + r])
            if op.c == 2:
                c[group + 8 * r, 2 * within] = word & 0xFFFF
                c[group + 8 * r, 2 * within + 1] = word >> 16
            else:
                c[group + 8 * (r // 2), 2 * within + r % 2] = word
    return a, b, c


def integer_dot(op, x, y, c):
    def narrow(v, width):
        return v - (1 << width) if v >> width - 1 else v

    total = narrow(c, 32) + sum(narrow(p, 8) * narrow(q, 8) for p, q in zip(x, y))
    if "satfinite" in op.name:
        total = min(max(total, -(2**31)), 2**31 - 1)
    return total & 0xFFFFFFFF


def check_mma(op, extra_bits=2):
    index = json.loads((HERE / "warp.json").read_text("utf-8"))
    file = next(row["inputs"] for row in index if row["entry"] == op.name)
    words = np.load(HERE / file)
    kind = {"f16": np.uint16}.get(op.accumulator, np.uint32)
    out = np.ascontiguousarray(np.load(HERE / f"{op.name}.out.npy")).view(kind)
    out = out.reshape(len(words), 32, 4)
    f = {"f16": F16, "bf16": BF16}.get(op.kind, F32)
    g = F16 if op.accumulator == "f16" else F32
    wrong = {}
    names = list(op.cases())
    for case in range(len(words)):
        a, b, c = unpack(op, words[case])
        if op.kind == "tf32":  # the low 13 bits count for nothing
            a, b = a & 0xFFFFE000, b & 0xFFFFE000
        for i in range(16):
            for j in range(8):
                lane, register = i % 8 * 4 + j // 2, i // 8 * 2 + j % 2
                got = int(out[case, lane, register])
                if op.kind == "s8":
                    expected = integer_dot(op, a[i], b[:, j], c[i, j])
                else:
                    pairs = [(f.value(x), f.value(y)) for x, y in zip(a[i], b[:, j])]
                    z = g.value(c[i, j])
                    if any(isinstance(v, float) for pair in pairs for v in (*pair, z)):
                        expected = special_dot(g, pairs, z)
                    else:
                        expected = finite_dot(pairs, z, op.accumulator, extra_bits)
                if got != expected:
                    wrong.setdefault(names[case][0], []).append((i, j, f"{got:x}",
                                                                 f"{expected:x}"))
    for name, places in wrong.items():
        print("   ", name, len(places), "of 128:", places[:3])
    return not wrong


def shuffled(mode, b, c, values):
    """shfl by the ISA's own pseudocode."""
    out = np.zeros((32, 2), np.uint32)
    for lane in range(32):
        offset, clamp, segment = int(b[lane]) & 31, int(c[lane]) & 31, int(c[lane]) >> 8 & 31
        least = lane & segment
        most = least | (clamp & ~segment)
        if mode == "up":
            j = lane - offset
            inside = j >= most
        elif mode == "down":
            j = lane + offset
            inside = j <= most
        elif mode == "bfly":
            j = lane ^ offset
            inside = j <= most
        else:
            j = least | (offset & ~segment)
            inside = j <= most
        out[lane] = values[j if inside else lane], inside
    return out


def check_shuffles():
    for mode in ("up", "down", "bfly", "idx"):
        words = np.load(HERE / "shfl_up.in.npy")
        expected = np.stack([shuffled(mode, w[:, 1], w[:, 2], w[:, 0]) for w in words])
        yield f"shfl_{mode}", expected


def check_votes():
    words = np.load(HERE / "vote.in.npy")
    vote = np.full((len(words), 32, 5), EMPTY, np.uint32)
    match = np.full((len(words), 32, 4), EMPTY, np.uint32)
    redux = np.full((len(words), 32, 8), EMPTY, np.uint32)
    for case, w in enumerate(words):
        mask = int(w[0, 1])
        lanes = [n for n in range(32) if mask >> n & 1]
        v = [int(w[n, 0]) for n in range(32)]
        ballot = sum(1 << n for n in lanes if v[n])
        yes = [bool(v[n]) for n in lanes]
        same = {n: sum(1 << m for m in lanes if v[m] == v[n]) for n in lanes}
        values = np.array([v[n] for n in lanes], np.uint32)
        signed = values.view(np.int32)
        total = int(values.astype(np.uint64).sum()) & 0xFFFFFFFF
        reduced = [total, values.min(), values.max(), int(signed.min()) & 0xFFFFFFFF,
                   int(signed.max()) & 0xFFFFFFFF, np.bitwise_and.reduce(values),
                   np.bitwise_or.reduce(values), np.bitwise_xor.reduce(values)]
        for n in lanes:
            vote[case, n] = all(yes), any(yes), all(yes) or not any(yes), ballot, mask
            whole = same[n] == mask
            match[case, n] = same[n], mask if whole else 0, whole, same[n]
            redux[case, n] = reduced
    yield "vote", vote
    yield "match", match
    yield "redux", redux


def check_others():
    words = np.load(HERE / "bar_red.in.npy")[:, :, 0]
    count = (words != 0).sum(1)
    rows = [[n, n == 80, n > 0, 7] for n in count]
    yield "bar_red", np.array(rows, np.uint32)[:, None].repeat(80, 1)
    words = np.load(HERE / "ldmatrix_x1.in.npy")
    cells = np.ascontiguousarray(words[:, :, :4]).view(np.uint16).reshape(len(words), 32, 8)
    for count in (1, 2, 4):
        for trans in (False, True):
            out = np.zeros((len(words), 32, count), np.uint32)
            for case, w in enumerate(words):
                for r in range(count):
                    m = cells[case][w[8 * r: 8 * r + 8, 4]]  # rows from lanes 8r to 8r+7
                    m = m.T if trans else m
                    for n in range(32):
                        low, high = m[n // 4, n % 4 * 2], m[n // 4, n % 4 * 2 + 1]
                        out[case, n, r] = int(low) | int(high) << 16
            yield f"ldmatrix_x{count}" + ("_trans" if trans else ""), out
    for cache, size in (("ca", 4), ("ca", 8), ("ca", 16), ("cg", 16)):
        words = np.load(HERE / f"cp_async_ca_{size}.in.npy")
        out = np.full((1, 32, 16), 0x11, np.uint8)
        given = np.ascontiguousarray(words[:, :, :4]).view(np.uint8)
        for n in range(32):
            read = words[0, n, 4]
            out[0, n, :size] = 0
            out[0, n, :read] = given[0, n, :read]
        yield f"cp_async_{cache}_{size}", out.view(np.uint32)


def main():
    for checks in (check_shuffles(), check_votes(), check_others()):
        for name, expected in checks:
            got = np.load(HERE / f"{name}.out.npy")
            same = got == expected
            print("agrees " if same.all() else "DIFFERS", name)
            for at in np.argwhere(~same)[:6]:
                at = tuple(at)
                print("   ", *map(int, at), f"device {got[at]:x} model {expected[at]:x}")
    for op in warp.MMAS:
        print("agrees " if check_mma(op) else "DIFFERS", op.name)


if __name__ == "__main__":
    main()
