"""Fingerprints of instructions over all inputs: results too many to keep.

For x from 0 to 2^32 − 1 with the result y (zero-extended bits): the sum of y · (2x + 1) modulo
2^64, one sum for each value of the upper four bits of x. In families of two operands of 16 bits
x is a << 16 | b. Digests of approximate instructions tell devices apart, no more.
"""
import json

import numpy as np
import torch

import arithmetic
from sweep import View

CHUNK = 1 << 26
FAMILIES = ("f32_unary", "f32_unary_sm80", "f32_to_16", "f32_to_16_sm80", "f32_to_64",
            "i32_unary", "i32_to_64", "half_binary", "half_binary_sm80")
KINDS = {16: torch.int16, 32: torch.int32, 64: torch.int64}


def family_digests(device, family):
    module = device.load(arithmetic.module(family))
    functions = [module.function(name) for name, _ in family["entries"]]
    sums = [[0] * 16 for _ in functions]
    got = torch.empty(CHUNK, dtype=KINDS[family["out"]], device="cuda")
    for start in range(0, 1 << 32, CHUNK):
        x = torch.arange(start, start + CHUNK, dtype=torch.int64, device="cuda")
        if family["inputs"] == 2:
            operands = [(x >> 16).to(torch.int16), x.to(torch.int16)]
        else:
            operands = [x.to(torch.int32)]
        torch.cuda.synchronize()
        for k, function in enumerate(functions):
            function.launch(CHUNK // arithmetic.BLOCK, arithmetic.BLOCK,
                            [View(t) for t in operands + [got]] + [np.uint32(CHUNK)])
            y = got.long()
            if family["out"] < 64:
                y = y & ((1 << family["out"]) - 1)
            sums[k][start >> 28] += (y * (2 * x + 1)).sum().item()
    return {name: [f"{s & (2**64 - 1):016x}" for s in row]
            for (name, _), row in zip(family["entries"], sums)}


def run(device, out):
    results = {}
    for family in arithmetic.FAMILIES:
        if family["name"] in FAMILIES:
            results[family["name"]] = family_digests(device, family)
            print(family["name"], len(results[family["name"]]), flush=True)
    lines = []
    for family, rows in results.items():
        body = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
        lines.append(f" {json.dumps(family)}: {{\n{body}\n }}")
    (out / "digest.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
