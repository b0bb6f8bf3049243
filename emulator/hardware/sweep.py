"""Every approximate f32 instruction over all 2^32 inputs, against float64 on the same device.

For each: the largest error in units in the last place (`ulp`), relative and absolute, the
distance from the correctly rounded result in representable steps (`steps`), each with the input
where it happens; and how often special values (NaN, infinities) come out otherwise. Needs
PyTorch for the reference.
"""
import json
import math

import numpy as np
import torch

import arithmetic
from driver import Buffer

CHUNK = 1 << 26

REFERENCE = {
    "ex2": torch.exp2, "lg2": torch.log2, "rcp": torch.reciprocal, "sqrt": torch.sqrt,
    "rsqrt": torch.rsqrt, "sin": torch.sin, "cos": torch.cos, "tanh": torch.tanh,
}


class View(Buffer):
    """A tensor of PyTorch's as an argument of a launch; PyTorch keeps owning it."""

    def __init__(self, tensor):
        import ctypes
        self.address = ctypes.c_uint64(tensor.data_ptr())

    def __del__(self):
        pass


def unit(exact):
    """The distance between neighbouring f32 values at a float64 value, subnormals too."""
    _, exponent = torch.frexp(exact.abs())
    exponent = torch.where(exact == 0, torch.full_like(exponent, -125), exponent)
    return torch.ldexp(torch.ones_like(exact), exponent.clamp(min=-125).double() - 24)


def ordered(values):
    """Integers in the order of the floats, neighbours one apart, both zeros at 0."""
    bits = values.view(torch.int32).long()
    return torch.where(bits < 0, -(bits & 0x7FFFFFFF), bits)


class Worst:
    def __init__(self):
        self.value, self.input = -1.0, None

    def see(self, error, bits):
        if error.numel():
            value, at = error.max(0)
            if value.item() > self.value:
                self.value, self.input = value.item(), bits[at].item() & 0xFFFFFFFF

    def record(self):
        if self.input is None:
            return None
        return {"error": self.value, "log2": round(math.log2(self.value), 3)
                if self.value > 0 else None, "input": f"{self.input:08x}"}


def regions(root, x, exact):
    """Where the ISA states a bound of its own; a boolean mask for each region."""
    a = x.abs()
    if root == "lg2":
        return {"in (0.5, 2)": (x > 0.5) & (x < 2), "outside": (x <= 0.5) | (x >= 2)}
    if root in ("sin", "cos"):
        return {"|x| <= pi/4": a <= math.pi / 4, "|x| <= pi": a <= math.pi,
                "|x| <= 2 pi": a <= 2 * math.pi,
                "|x| <= 100 pi": a <= 100 * math.pi, "all": a >= 0}
    return {"all": torch.ones_like(x, dtype=torch.bool)}


def sweep(device, opcode):
    root, flush = opcode.split(".")[0], ".ftz" in opcode
    name = arithmetic.identifier(opcode)
    family = next(f for f in arithmetic.FAMILIES if f["name"] == "f32_unary")
    one = dict(family, entries=[e for e in family["entries"] if e[0] == name])
    function = device.load(arithmetic.module(one)).function(name)
    worst, different = {}, {}
    inexact = total = 0
    got = torch.empty(CHUNK, dtype=torch.int32, device="cuda")
    for start in range(-(1 << 31), 1 << 31, CHUNK):
        bits = torch.arange(start, start + CHUNK, dtype=torch.int64, device="cuda").int()
        torch.cuda.synchronize()
        function.launch(CHUNK // arithmetic.BLOCK, arithmetic.BLOCK,
                        [View(bits), View(got), np.uint32(CHUNK)])
        x = bits.view(torch.float32).double()
        if flush:
            tiny = x.abs() < 2.0**-126
            x = torch.where(tiny, torch.copysign(torch.zeros_like(x), x), x)
        exact = REFERENCE[root](x)
        if flush:
            tiny = exact.abs() < 2.0**-126
            exact = torch.where(tiny, torch.copysign(torch.zeros_like(x), exact), exact)
        y = got.view(torch.float32).double()
        rounded = exact.float()
        # Where either is NaN or infinite the two must be the same; count where they are not.
        special = ~(torch.isfinite(rounded) & torch.isfinite(y))
        alike = (torch.isnan(rounded) & torch.isnan(y)) | (rounded.double() == y)
        odd = special & ~alike
        if odd.any():
            at = bits[odd]
            different["count"] = different.get("count", 0) + int(odd.sum())
            different.setdefault("examples", []).append(
                [f"{at[0].item() & 0xFFFFFFFF:08x}", f"{got[odd][0].item() & 0xFFFFFFFF:08x}"])
        keep = ~special
        bits, x, y, exact, rounded = (t[keep] for t in (bits, x, y, exact, rounded))
        inexact += int((rounded.double() != y).sum())
        total += len(x)
        error = (y - exact).abs()
        for region, mask in regions(root, x, exact).items():
            at = worst.setdefault(region, {key: Worst() for key in (
                "ulp", "steps", "relative", "absolute")})
            e, v, b = error[mask], exact[mask], bits[mask]
            at["absolute"].see(e, b)
            at["ulp"].see(e / unit(v), b)
            at["steps"].see((ordered(y[mask].float()) - ordered(rounded[mask])).abs().double(), b)
            normal = v.abs() >= 2.0**-126
            at["relative"].see(e[normal] / v[normal].abs(), b[normal])
    if "examples" in different:
        different["examples"] = different["examples"][:6]
    return {"finite": total, "not_correctly_rounded": inexact, "special_differs": different,
            "regions": {r: {k: w.record() for k, w in m.items()} for r, m in worst.items()}}


def half_sweep(device, opcode):
    """The f16 instructions over all 65536 inputs."""
    name = arithmetic.identifier(opcode)
    family = next(f for f in arithmetic.FAMILIES if f["name"] == "half_unary")
    one = dict(family, entries=[e for e in family["entries"] if e[0] == name])
    bits = np.arange(1 << 16, dtype=np.uint16)
    given, got = device.upload(bits), device.zeros(1 << 16, np.uint16)
    device.load(arithmetic.module(one)).function(name).launch(
        512, arithmetic.BLOCK, [given, got, np.uint32(1 << 16)])
    with np.errstate(all="ignore"):
        x = bits.view(np.float16).astype(np.float64)
        y = got.download().view(np.float16).astype(np.float64)
        exact = np.exp2(x) if name.startswith("ex2") else np.tanh(x)
        rounded = exact.astype(np.float16).astype(np.float64)
        special = ~(np.isfinite(rounded) & np.isfinite(y))
        alike = (np.isnan(rounded) & np.isnan(y)) | (rounded == y)
        spacing = np.exp2(np.maximum(np.floor(np.log2(np.abs(exact))), -14) - 10)
        ulp = np.where(special, 0, np.abs(y - exact) / np.where(exact == 0, 2.0**-24, spacing))
        normal = ~special & (np.abs(exact) >= 2.0**-14)
        relative = np.where(normal, np.abs(y - exact) / np.abs(exact), 0)
        absolute = np.where(special, 0, np.abs(y - exact))
    record = {"special_differs": [f"{b:04x}" for b in bits[special & ~alike][:8]],
              "not_correctly_rounded": int((~special & (rounded != y)).sum())}
    for key, error in (("ulp", ulp), ("relative", relative), ("absolute", absolute)):
        record[key] = {"error": float(error.max()), "log2": round(math.log2(error.max()), 3),
                       "input": f"{bits[error.argmax()]:04x}"}
    return record


def division(device, opcode, rounds=8):
    """Quotients of random bit patterns, 2^26 a round; the ISA's bound depends on the divisor."""
    name = arithmetic.identifier(opcode)
    family = next(f for f in arithmetic.FAMILIES if f["name"] == "f32_binary")
    one = dict(family, entries=[e for e in family["entries"] if e[0] == name])
    function = device.load(arithmetic.module(one)).function(name)
    torch.manual_seed(20261124)
    got = torch.empty(CHUNK, dtype=torch.int32, device="cuda")
    worst = {}
    for _ in range(rounds):
        a, b = (torch.randint(-(1 << 31), 1 << 31, (CHUNK,), device="cuda").int()
                for _ in "ab")
        torch.cuda.synchronize()
        function.launch(CHUNK // arithmetic.BLOCK, arithmetic.BLOCK,
                        [View(a), View(b), View(got), np.uint32(CHUNK)])
        x, z = a.view(torch.float32).double(), b.view(torch.float32).double()
        y, exact = got.view(torch.float32).double(), x / z
        finite = torch.isfinite(exact.float()) & torch.isfinite(y)
        usual = finite & (x.abs() >= 2.0**-126) & (exact.abs() >= 2.0**-126)
        small = z.abs() < 2.0**-126
        large = z.abs() > 2.0**126
        ulp = (y - exact).abs() / unit(exact)
        steps = (ordered(got.view(torch.float32)) - ordered(exact.float())).abs()
        for region, mask in (("2^-126 <= |b| <= 2^126", usual & ~small & ~large),
                             ("|b| > 2^126", usual & large),
                             ("|b| < 2^-126", usual & small),
                             ("subnormal quotient", finite & (exact.abs() < 2.0**-126)
                              & (x.abs() >= 2.0**-126) & ~small & ~large)):
            row = worst.setdefault(region, {"count": 0, "ulp": -1.0, "input": None,
                                            "steps": 0})
            row["count"] += int(mask.sum())
            if mask.any():
                row["steps"] = max(row["steps"], steps[mask].max().item())
                value, at = ulp[mask].max(0)
                if value.item() > row["ulp"]:
                    pair = [f"{t[mask][at].item() & 0xFFFFFFFF:08x}" for t in (a, b)]
                    row["ulp"], row["input"] = value.item(), pair
    return worst


def run(device, out):
    results = {}

    def keep(opcode, found):
        results[opcode] = found
        print(opcode, json.dumps(found), flush=True)
        (out / "sweep.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")

    for opcode in ("ex2.approx.f16", "tanh.approx.f16"):
        keep(opcode, half_sweep(device, opcode))
    for opcode in ("div.approx.f32", "div.approx.ftz.f32", "div.full.f32", "div.full.ftz.f32",
                   "div.rn.f32"):
        keep(opcode, division(device, opcode))
    for opcode in arithmetic.APPROXIMATE.split():
        keep(opcode, sweep(device, opcode))
