"""The recorded results against a model in exact arithmetic: `python check.py`, without a GPU.

The model below is what the device does, bit for bit, in every recorded case of the exactly
specified instructions. Whatever differs is printed; nothing should be.
"""
import json
import math
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent / "results"


class Format:
    """A binary floating-point format, its values taken apart and put together."""

    def __init__(self, width, fraction, nan):
        self.width, self.fraction, self.nan = width, fraction, nan
        self.exponent = width - 1 - fraction
        self.bias = (1 << (self.exponent - 1)) - 1
        self.infinity = ((1 << self.exponent) - 1) << fraction
        self.sign = 1 << (width - 1)

    def is_nan(self, bits):
        return bits & (self.sign - 1) > self.infinity

    def value(self, bits):
        """A Fraction, or a float for infinities and NaN."""
        if self.is_nan(bits):
            return math.nan
        sign = -1 if bits & self.sign else 1
        bits &= self.sign - 1
        if bits == self.infinity:
            return sign * math.inf
        exponent, fraction = bits >> self.fraction, bits & ((1 << self.fraction) - 1)
        if exponent:
            fraction |= 1 << self.fraction
        power = max(exponent, 1) - self.bias - self.fraction
        return sign * Fraction(fraction) * Fraction(2) ** power

    def flush(self, bits):
        """Subnormals to zero of the same sign."""
        if bits & self.infinity == 0:
            return bits & self.sign
        return bits

    def encode(self, value, mode="rn", negative_zero=False, flush=False):
        """The nearest pattern by a rounding mode; `negative_zero` is the sign of an exact 0."""
        if isinstance(value, float):
            return self.nan if math.isnan(value) else self.infinity | (
                self.sign if value < 0 else 0)
        sign = self.sign if value < 0 or (value == 0 and negative_zero) else 0
        magnitude = abs(value)
        if magnitude == 0:
            return sign
        # floor(log2 magnitude), exactly.
        e = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
        if magnitude < Fraction(2) ** e:
            e -= 1
        least = 1 - self.bias
        if flush and e < least:
            # Tiny or not is decided after rounding as if exponents had no lower end.
            count, rest = divmod(magnitude, Fraction(2) ** (e - self.fraction))
            count += rounds_up(mode, bool(sign), count, rest / Fraction(2) ** (e - self.fraction))
            if count * Fraction(2) ** (e - self.fraction) < Fraction(2) ** least:
                return sign
        unit = Fraction(2) ** (max(e, least) - self.fraction)
        count, rest = divmod(magnitude, unit)
        count += rounds_up(mode, bool(sign), count, rest / unit)
        bits = count + ((max(e, least) - least) << self.fraction)
        if bits >= self.infinity:
            away = mode == "rn" or (mode == "rp" and not sign) or (mode == "rm" and sign)
            bits = self.infinity if away else self.infinity - 1
        return sign | bits


def rounds_up(mode, negative, count, rest):
    if mode == "rn":
        return rest > Fraction(1, 2) or (rest == Fraction(1, 2) and count % 2 == 1)
    return rest > 0 and {"rz": False, "rm": negative, "rp": not negative}[mode]


F16, BF16 = Format(16, 10, 0x7FFF), Format(16, 7, 0x7FFF)
F32, F64 = Format(32, 23, 0x7FFFFFFF), Format(64, 52, 0xFFF8000000000000)
FORMATS = {"f16": F16, "bf16": BF16, "f32": F32, "f64": F64}


def kept_nan(f, operands):
    """In f64 the first NaN of the list, made quiet; the smaller formats know one NaN."""
    found = next((bits for bits in operands if f.is_nan(bits)), None)
    if found is None or f is not F64:
        return f.nan if found is not None else None
    return found | 1 << 51


def add(f, a, b, mode, flush):
    x, y = f.value(a), f.value(b)
    if isinstance(x, float) or isinstance(y, float):
        return f.encode(float_sum(x, y))
    minus = (bool(a & f.sign) and bool(b & f.sign)) or (
        mode == "rm" and bool((a | b) & f.sign or x != 0))
    return f.encode(x + y, mode, minus, flush)


def float_sum(x, y):
    """With an infinity or a NaN among the two."""
    if isinstance(x, float) and isinstance(y, float):
        return x + y
    return x if isinstance(x, float) else y


def float_product(x, y):
    if x == 0 or y == 0 or x != x or y != y:
        return math.nan
    return math.inf if (x > 0) == (y > 0) else -math.inf


def fma(f, a, b, c, mode, flush):
    x, y, z = f.value(a), f.value(b), f.value(c)
    if isinstance(x, float) or isinstance(y, float):
        return f.encode(float_sum(float_product(x, y), z))
    if isinstance(z, float):
        return f.encode(z)
    product_minus, c_minus = bool((a ^ b) & f.sign), bool(c & f.sign)
    minus = (product_minus and c_minus) or (mode == "rm" and (product_minus != c_minus))
    return f.encode(x * y + z, mode, minus, flush)


def multiply(f, a, b, mode, flush):
    x, y = f.value(a), f.value(b)
    if isinstance(x, float) or isinstance(y, float):
        return f.encode(float_product(x, y))
    return f.encode(x * y, mode, bool((a ^ b) & f.sign), flush)


def divide(f, a, b, mode, flush):
    x, y = f.value(a), f.value(b)
    minus = bool((a ^ b) & f.sign)
    if x != x or y != y or (x == 0 and y == 0):
        return f.nan
    if isinstance(x, float):
        return f.nan if isinstance(y, float) else f.infinity | (f.sign if minus else 0)
    if isinstance(y, float):
        return f.sign if minus else 0
    if y == 0:
        return f.infinity | (f.sign if minus else 0)
    return f.encode(x / y, mode, minus, flush)


def square_root(f, a, mode, flush):
    x = f.value(a)
    if x == 0:
        return a
    if x != x or x < 0:
        return f.nan
    if isinstance(x, float):
        return a
    # Enough digits that the rest decides every rounding; a sticky digit for what is cut off.
    scale = 2 * (f.bias + 2 * f.fraction + 8)
    root = math.isqrt(x.numerator * x.denominator << (2 * scale))
    sticky = root * root != x.numerator * x.denominator << (2 * scale)
    value = Fraction(2 * root + sticky, x.denominator << (scale + 1))
    return f.encode(value, mode, False, flush)


def smaller(f, a, b, largest, nan_wins):
    """min and max: a number before a NaN, −0 below +0."""
    if f.is_nan(a) or f.is_nan(b):
        if nan_wins or (f.is_nan(a) and f.is_nan(b)):
            return kept_nan(f, (b, a))
        return b if f.is_nan(a) else a

    def key(bits):
        return -(bits & (f.sign - 1)) - 1 if bits & f.sign else bits

    return (max if largest else min)(a, b, key=key)


def saturate(f, bits):
    """.sat: to [0, 1], NaN to +0."""
    value = f.value(bits)
    if value != value or value <= 0:
        return 0
    return f.encode(Fraction(1)) if value >= 1 else bits


def to_integer(value, mode, low, high, of_nan):
    if value != value:
        return of_nan
    if isinstance(value, float):
        return low if value < 0 else high
    floor = math.floor(value)
    rest = value - floor
    up = {"rni": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and floor % 2 == 1),
          "rzi": rest > 0 and value < 0, "rmi": False, "rpi": rest > 0}[mode]
    return min(max(floor + up, low), high)


def integer_range(kind):
    width = int(kind[1:])
    return (-(1 << width - 1), (1 << width - 1) - 1) if kind[0] == "s" else (0, (1 << width) - 1)


FLOAT_ORDER = [lambda x, y: x == y, lambda x, y: x != y, lambda x, y: x < y,
               lambda x, y: x <= y, lambda x, y: x > y, lambda x, y: x >= y]


def compare(f, a, b):
    x, y = f.value(a), f.value(b)
    unordered = x != x or y != y
    bits = [not unordered and test(x, y) for test in FLOAT_ORDER]
    bits += [unordered or test(x, y) for test in FLOAT_ORDER]
    return sum(bit << k for k, bit in enumerate(bits + [not unordered, unordered]))


def convert_nan(f, g, a, flush):
    """To or from f64 the sign and the payload's upper bits live on, quiet; else one NaN."""
    if F64 not in (f, g) or (flush and f is F32):
        a = f.nan
        if g is not F64:
            return g.nan
    payload = (a & ((1 << f.fraction) - 1)) << 52 >> f.fraction
    sign = g.sign if a & f.sign else 0
    return sign | g.infinity | payload << g.fraction >> 52 | 1 << (g.fraction - 1)


def convert(parts, a):
    """cvt by the parts of its name: cvt[.rounding][.ftz][.sat][.relu].to.from."""
    to, source = parts[-2:]
    flags = parts[1:-2]
    mode = next((p for p in flags if p[0] == "r" and p != "relu"), "rn")
    flush = "ftz" in flags
    if source in FORMATS:
        f = FORMATS[source]
        if flush and source == "f32":
            a = f.flush(a)
        value = f.value(a)
        minus = bool(a & f.sign)
        if to in FORMATS:
            g = FORMATS[to]
            if value != value:
                return 0 if "sat" in flags else convert_nan(f, g, a, flush)
            if mode.endswith("i"):  # to an integral value
                if isinstance(value, float):
                    return g.encode(value)
                whole = to_integer(value, mode, -(10**400), 10**400, 0)
                return g.encode(Fraction(whole), "rn", minus)
            bits = g.encode(value, mode, minus, flush and to == "f32")
            if "sat" in flags:
                bits = saturate(g, bits)
            if "relu" in flags and (bits & g.sign) and not g.is_nan(bits):
                bits = 0
            return bits
        low, high = integer_range(to)
        width = int(to[1:])
        of_nan = 1 << (width - 1) if width == 64 or source == "f64" else 0
        if of_nan and to[0] == "s":
            of_nan = low
        return to_integer(value, mode, low, high, of_nan)
    width = int(source[1:])
    value = a & ((1 << width) - 1)
    if source[0] == "s" and value >> (width - 1):
        value -= 1 << width
    if to in FORMATS:
        return FORMATS[to].encode(Fraction(value), mode)
    low, high = integer_range(to)
    if "sat" in flags:
        return min(max(value, low), high)
    value &= (1 << int(to[1:])) - 1
    return value - (1 << int(to[1:])) if to[0] == "s" and value > high else value


def floating(parts, operands):
    """One entry on one set of operands, or None where the model says nothing."""
    root, flush = parts[0], "ftz" in parts
    if "approx" in parts or "full" in parts:
        return None
    if root in ("abs", "neg", "rcp", "sqrt"):
        operands = operands[:1]  # a family's set of inputs may hold more
    elif root not in ("fma", "mad"):
        operands = operands[:2]
    f = FORMATS[parts[-1]]
    mode = next((p for p in parts if p in ("rn", "rz", "rm", "rp")), "rn")
    # Whose NaN lives on, in f64: of a/b a's first; else b's, then (fma) c's, then a's.
    a, b, c = (list(operands) + [0, 0])[:3]
    nan = kept_nan(f, (a, b) if root == "div" else (b, c, a))
    if nan is not None and root not in ("setp", "copysign", "min", "max", "testp"):
        return 0 if "sat" in parts else nan
    if flush:
        a, b, c = (f.flush(bits) for bits in (a, b, c))
    if root in ("add", "sub"):
        if root == "sub" and not f.is_nan(b):
            b ^= f.sign
        bits = add(f, a, b, mode, flush)
    elif root == "mul":
        bits = multiply(f, a, b, mode, flush)
    elif root == "div":
        bits = divide(f, a, b, mode, flush)
    elif root == "rcp":
        bits = divide(f, f.encode(Fraction(1)), a, mode, flush)
    elif root == "sqrt":
        bits = square_root(f, a, mode, flush)
    elif root in ("fma", "mad"):
        bits = fma(f, a, b, c, mode, flush)
    elif root in ("min", "max"):
        bits = smaller(f, a, b, root == "max", "NaN" in parts)
    elif root == "setp":
        bits = compare(f, a, b)
    elif root == "copysign":  # the sign of the first operand
        bits = (b & (f.sign - 1)) | (a & f.sign)
    elif root in ("abs", "neg"):
        if f.is_nan(a):
            bits = f.nan
        else:
            bits = a & (f.sign - 1) if root == "abs" else a ^ f.sign
    else:
        return None
    if "sat" in parts:
        bits = saturate(f, bits)
    if "relu" in parts and bits & f.sign and not f.is_nan(bits):
        bits = 0
    return bits


def choosing(parts, operands):
    root, a, b = parts[0], operands[0], (list(operands) + [0])[1]
    if root == "testp":
        subnormal = not a & F32.infinity and a << 1 & 0xFFFFFFFF
        number, finite = not F32.is_nan(a), a & F32.infinity != F32.infinity
        return {"finite": finite, "infinite": number and not finite, "number": number,
                "notanumber": not number, "subnormal": bool(subnormal),
                "normal": finite and not subnormal}[parts[1]]
    if root == "slct":  # slct_f32_s32 chooses between a and 2.0 by the sign of the integer b
        if parts[-1] == "s32":
            return a if signed(b, 32) >= 0 else 0x40000000
        b = F32.flush(b) if "ftz" in parts else b
        return a if F32.value(b) >= 0 else 77
    if parts[-1] == "f32":
        order = compare(F32, *map(F32.flush, (a, b)) if "ftz" in parts else (a, b))
        true = order >> (2 if parts[1] == "lt" else 11) & 1
    else:
        true = signed(a, 32) < signed(b, 32) if parts[-1] == "s32" else a < b
    return 0 if not true else 0x3F800000 if parts[-2] == "f32" else 0xFFFFFFFF


def signed(value, width):
    value &= (1 << width) - 1
    return value - (1 << width) if value >> (width - 1) else value


def integer(parts, a, b, c):
    """Integer entries; operands are patterns, the answer any integer congruent to the result."""
    root, kind = parts[0], parts[-1]
    width = int(kind[1:]) if kind[1:].isdigit() else 32
    x, y, z = (signed(v, width) if kind[0] == "s" else v & ((1 << width) - 1)
               for v in (a, b, c))
    low, high = integer_range(kind) if kind[0] in "su" else (0, 0)
    if "cc" in parts:
        return carries(parts, a, b, c)
    if root in ("add", "sub"):
        value = x + y if root == "add" else x - y
        return min(max(value, low), high) if "sat" in parts else value
    if root == "mul" and "wide" in parts:
        return x * y
    if root == "mul":
        return x * y >> width if "hi" in parts else x * y
    if root == "mad":
        if "hi" in parts:
            value = (x * y >> width) + z
            return min(max(value, low), high) if "sat" in parts else value
        return x * y + z
    if root in ("div", "rem"):
        if y == 0:  # all ones, the remainder too
            return -1
        quotient = abs(x) // abs(y) * (1 if (x < 0) == (y < 0) else -1)
        return quotient if root == "div" else x - quotient * y
    if root in ("min", "max"):
        return (max if root == "max" else min)(x, y)
    if root in ("and", "or", "xor"):
        return {"and": x & y, "or": x | y, "xor": x ^ y}[root]
    if root in ("shl", "shr"):  # the amount is 32 bits and clamped to the width
        amount = min(b & 0xFFFFFFFF, width)
        return x << amount if root == "shl" else x >> amount
    if root == "sad":
        return abs(x - y) + z
    if root == "popc":
        return x.bit_count()
    if root == "clz":
        return width - x.bit_length()
    if root == "brev":
        return int(f"{x:0{width}b}"[::-1], 2)
    if root == "bfind":
        found = (x if x >= 0 else ~x).bit_length() - 1
        if found < 0:
            return 0xFFFFFFFF
        return width - 1 - found if "shiftamt" in parts else found
    if root in ("abs", "neg", "not", "cnot"):
        return {"abs": abs(x), "neg": -x, "not": ~x, "cnot": int(x == 0)}[root]
    if root == "bfe":
        position, length = field(width, b, c)
        if length == 0:
            return 0
        if kind[0] == "u":
            return (x >> position) & ((1 << length) - 1)
        sign = x >> min(position + length - 1, width - 1) & 1
        filled = min(length, max(width - position, 0))
        value = (a >> position) & ((1 << filled) - 1)
        return value - (1 << filled) if sign else value
    if root == "bfi":
        into = int("A5C33C5A0FF01234", 16) if width == 64 else 0xA5C33C5A
        position, length = field(width, b, c)
        mask = ((1 << length) - 1) << position
        return (into & ~mask) | (a << position & mask)
    if root == "shf":
        amount = c & 31 if "wrap" in parts else min(c, 32)
        both = b << 32 | a
        return both << amount >> 32 if "l" in parts else both >> amount
    if root == "lop3":
        table = int(parts[-1], 16)
        return sum(((table >> ((a >> k & 1) << 2 | (b >> k & 1) << 1 | c >> k & 1)) & 1) << k
                   for k in range(32))
    if root == "prmt":
        return permute(parts[-1], a, b, c)
    if root in ("dp4a", "dp2a"):
        return dot(root, parts, a, b, c)
    if root == "slct":
        return a if signed(c, 32) >= 0 else b
    if root == "mul24" or root == "mad24":
        x, y = (signed(v, 24) if kind[0] == "s" else v & 0xFFFFFF for v in (a, b))
        return (x * y >> 16 if "hi" in parts else x * y) + (z if root == "mad24" else 0)
    if root == "setp":
        order = FLOAT_ORDER[:2] if kind == "b32" else FLOAT_ORDER + (
            [FLOAT_ORDER[k] for k in (2, 3, 4, 5)] if kind[0] == "u" else [])
        return sum(int(test(x, y)) << k for k, test in enumerate(order))
    return None


def field(width, position, length):
    """Position and length of bfe and bfi: eight bits in 32, clamped in 64 bits of width."""
    if width == 32:
        return position & 255, length & 255
    return min(position & 0xFFFFFFFF, 64), min(length & 0xFFFFFFFF, 64)


def permute(mode, a, b, c):
    source = [(b << 32 | a) >> 8 * k & 255 for k in range(8)]
    s = c & 3
    if mode == "b32":
        out = []
        for k in range(4):
            selector = c >> 4 * k & 15
            byte = source[selector & 7]
            out.append(255 * (byte >> 7) if selector & 8 else byte)
    else:
        chosen = {"f4e": [s, s + 1, s + 2, s + 3], "b4e": [s, s - 1, s - 2, s - 3],
                  "rc8": [s] * 4, "ecl": [max(k, s) for k in range(4)],
                  "ecr": [min(k, s) for k in range(4)], "rc16": [0, 1, 0, 1]}[mode]
        if mode == "rc16":
            chosen = [2 * (s & 1) + k for k in chosen]
        out = [source[k % 8] for k in chosen]
    return sum(byte << 8 * k for k, byte in enumerate(out))


def carries(parts, a, b, c):
    """The four chains of the table: the last word, with what was carried into it."""
    one = 1 << 32
    if parts[0] == "add":
        return c + (a + b) // one
    if parts[0] == "sub":
        return c - (a < b)
    if parts[0] == "mad":
        return a * b // one + (a * b % one + c) // one
    low = a + b
    high = b + c + low // one
    return low % one + high % one + high // one


def dot(root, parts, a, b, c):
    def cells(word, kind, width, first, count):
        values = [word >> width * k & ((1 << width) - 1) for k in range(first, first + count)]
        return [signed(v, width) if kind[0] == "s" else v for v in values]

    if root == "dp4a":
        x, y = cells(a, parts[1], 8, 0, 4), cells(b, parts[2], 8, 0, 4)
    else:
        x = cells(a, parts[2], 16, 0, 2)
        y = cells(b, parts[3], 8, 2 if "hi" in parts else 0, 2)
    return c + sum(p * q for p, q in zip(x, y))


def model(entry, operands):
    parts = entry.removeprefix("edge_").removeprefix("nan_").split("_")
    if parts[0] in ("set", "testp") or (parts[0] == "slct" and "f32" in parts):
        return choosing(parts, operands)
    if parts[0] == "mov":  # two halves to a word, the first below: bf16 to f32, or b64 of two
        return operands[0] << 16 if parts[-1] == "bf16" else operands[0] | operands[1] << 32
    if parts[0] == "cvt":
        if parts[-2] in ("f16x2", "bf16x2") or parts[-2] == "tf32":
            return packed_convert(parts, operands)
        return convert(parts, operands[0])
    if parts[-1] in ("f16x2", "bf16x2"):
        if "approx" in parts:
            return None
        halves = [model("_".join(parts[:-1] + [parts[-1][:-2]]),
                        [v >> s & 0xFFFF for v in operands]) for s in (0, 16)]
        return halves[0] | halves[1] << 16
    if parts[-1] in FORMATS:
        return floating(parts, operands)
    return integer(parts, *(list(operands) + [0, 0])[:3])


def packed_convert(parts, operands):
    if parts[-2] == "tf32":  # ties away from zero; the low 13 bits are cleared
        bits = operands[0]
        if bits & F32.infinity == F32.infinity:
            return bits & 0xFFFFE000  # a NaN's too, so that some become infinities
        return (bits + 0x1000) & 0xFFFFE000
    half = parts[-2][:-2]
    name = parts[:-2] + [half, "f32"]
    high, low = (convert(name, v) for v in operands[:2])  # the first operand is the high half
    return high << 16 | low


def width_mask(entry, itemsize):
    """Results of 16-bit integer arithmetic are recorded as 16 bits in a word."""
    kind = entry.split("_")[-1]
    narrow = kind in ("s16", "u16", "b16") and entry.split("_")[0] in (
        "add", "sub", "mul", "div", "rem", "min", "max", "shl", "shr")
    return 0xFFFF if narrow and "wide" not in entry else (1 << 8 * itemsize) - 1


def atomic_model(entry, old, operand, third):
    """What the cell holds afterwards."""
    kind = entry.split("_")
    space, op, type_ = kind[1], kind[2], kind[-1]
    if op == "cas":
        return third if old == operand else old
    if op == "exch":
        return operand
    if op == "inc":
        return 0 if old >= operand else old + 1
    if op == "dec":
        return operand if old == 0 or old > operand else old - 1
    if type_ == "f32":  # in global memory subnormals are flushed, in shared memory not
        flush = space == "global"
        a, b = (F32.flush(v) if flush else v for v in (old, operand))
        return F32.nan if F32.is_nan(a) or F32.is_nan(b) else add(F32, a, b, "rn", flush)
    if type_ == "f16x2":
        return model("add_f16x2", [old, operand])
    if type_ == "f64":
        if F64.is_nan(old) or F64.is_nan(operand):
            return None  # a payload lives on, in global memory even a signalling one
        return add(F64, old, operand, "rn", False)
    return integer([op, type_], old, operand, 0)


def check_atomics(family, inputs, results):
    mask = (1 << 8 * results.itemsize) - 1
    for row, entry in enumerate(family["entries"]):
        wrong = []
        for i in range(family["n"]):
            old, operand, third = ([int(v) for v in inputs[:, i]] + [0])[:3]
            expected = atomic_model(entry, old, operand, third)
            returned = 0 if entry.startswith("red") else old
            got = int(results[2 * row, i]), int(results[2 * row + 1, i])
            if expected is not None and got != (returned, expected & mask):
                wrong.append((f"{old:x} {operand:x}", f"{got[1]:x}", f"{expected & mask:x}"))
        yield entry, wrong


def main():
    wrong_entries = unmodelled = agreed = 0
    for family in json.loads((HERE / "arithmetic.json").read_text("utf-8")):
        inputs = np.load(HERE / family["inputs"])
        results = np.load(HERE / family["results"])
        if family["outputs"] == 2:
            for entry, wrong in check_atomics(family, inputs, results):
                agreed, wrong_entries = agreed + (not wrong), wrong_entries + bool(wrong)
                if wrong:
                    print(f"DIFFERS {entry}: {len(wrong)}", wrong[:3])
            continue
        for row, entry in enumerate(family["entries"]):
            if sys.argv[1:] and entry not in sys.argv[1:]:
                continue
            wrong, said = [], 0
            for i in range(family["n"]):
                operands = [int(v) for v in inputs[: family["operands"], i]]
                expected = model(entry, operands)
                if expected is None:
                    continue
                said += 1
                mask = width_mask(entry, results.itemsize)
                if int(expected) & mask != int(results[row, i]):
                    wrong.append((operands, int(expected) & mask, int(results[row, i])))
            if not said:
                unmodelled += 1
                print("no model:", family["family"], entry)
            elif wrong:
                wrong_entries += 1
                print(f"DIFFERS {family['family']} {entry}: {len(wrong)} of {said}")
                for operands, expected, got in wrong[:4]:
                    print("   ", " ".join(f"{v:x}" for v in operands),
                          f"model {expected:x} device {got:x}")
            else:
                agreed += 1
    print(f"{agreed} entries agree in every case, {wrong_entries} differ, "
          f"{unmodelled} without a model")


if __name__ == "__main__":
    main()
