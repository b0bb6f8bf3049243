"""The kernels of cu/: launches of several odd sizes. The inputs come from formulas.

hash(i, seed)    = (i + 1000003·seed) · 2654435761 mod 2^32
uniform(i, seed) = (hash >> 8) / 2^24 − 1/2            exact in f32
whole(i, seed)   = (hash >> 8) mod 17 − 8              exact in f32, and so are sums of many
index(i, size)   = (hash(i, 9) >> 8) mod (size + 1)    `size` itself is out of range
"""
import hashlib
import json

import numpy as np


def hashed(n, seed):
    i = np.arange(n, dtype=np.uint64) + np.uint64(1000003 * seed)
    return (i * np.uint64(2654435761) & np.uint64(0xFFFFFFFF)) >> np.uint64(8)


def make(argument):
    """The array or number that an argument of the table stands for."""
    kind = argument["kind"]
    if kind in ("u32", "f32"):
        return {"u32": np.uint32, "f32": np.float32}[kind](argument["value"])
    n = argument["n"]
    if kind == "zeros":
        return np.zeros(n, np.float32)
    bits = hashed(n, argument.get("seed", 9))
    if kind == "uniform":
        return (bits / 2.0**24 - 0.5).astype(np.float32)
    if kind == "whole":
        return (bits % np.uint64(17)).astype(np.float32) - np.float32(8)
    if kind == "index":
        return (bits % np.uint64(argument["size"] + 1)).astype(np.int32)
    raise ValueError(kind)


def uniform(n, seed):
    return {"kind": "uniform", "n": n, "seed": seed}


def whole(n, seed):
    return {"kind": "whole", "n": n, "seed": seed}


def zeros(n):
    return {"kind": "zeros", "n": n}


def u32(value):
    return {"kind": "u32", "value": value}


def launches():
    """(source, entry, grid, block, arguments, exact): exact where each bit is decided."""
    for n, grid, block in ((1, 1, 32), (31, 1, 33), (1000, 3, 64), (100003, 7, 257)):
        yield "copy", "copy", grid, block, [uniform(n, 1), zeros(n), u32(n)], True
    for rows, columns in ((1, 1), (3, 31), (5, 129), (7, 1000), (2, 40001)):
        data = [uniform(rows * columns, 2), zeros(rows)]
        yield "row_sum", "row_sum", rows, 128, data + [u32(columns)], True
        blocks = -(-rows // 3)  # three warps a block: the last one is partly empty
        size = [u32(rows), u32(columns)]
        yield "warp_sum", "warp_row_sum", blocks, 96, data + size, True
    for n, size in ((1, 1), (999, 7), (50001, 257), (4096, 100000)):
        index = {"kind": "index", "n": n, "size": size}
        sizes = [u32(n), u32(size)]
        arguments = [whole(n, 3), index, zeros(size)] + sizes
        yield "scatter_add", "scatter_add", -(-n // 128), 128, arguments, True
    for m, k, n in ((1, 1, 1), (16, 16, 16), (17, 33, 31), (5, 257, 3), (129, 65, 127)):
        arguments = [uniform(m * k, 4), uniform(k * n, 5), zeros(m * n)]
        arguments += [u32(m), u32(k), u32(n)]
        yield "matmul", "matmul", (-(-n // 16), -(-m // 16)), (16, 16), arguments, True
    for rows, columns in ((1, 1), (3, 31), (5, 33), (9, 257), (4, 1000)):
        size, blocks = [u32(rows), u32(columns)], -(-rows // 2)
        data = uniform(rows * columns, 6)
        scaled = [data, zeros(rows * columns)]
        yield "softmax", "softmax", blocks, 64, scaled + size, False
        arguments = [data, uniform(columns, 7), uniform(columns, 8), zeros(rows * columns)]
        arguments += size + [{"kind": "f32", "value": 1e-5}]
        yield "layer_norm", "layer_norm", blocks, 64, arguments, False


def run(device, here, out):
    """Launch everything; the outputs of inexact ones, and all small ones, are kept whole."""
    table = []
    modules = {}
    for source, entry, grid, block, arguments, exact in launches():
        digests = {}
        for target in ("compute_75", "compute_80"):
            file = f"{source}.{target}.ptx"
            if file not in modules:
                modules[file] = device.load((here / "ptx" / file).read_text("utf-8"))
            values = [make(argument) for argument in arguments]
            cells = [device.upload(v) if isinstance(v, np.ndarray) else v for v in values]
            modules[file].function(entry).launch(grid, block, cells)
            at = next(j for j, a in enumerate(arguments) if a["kind"] == "zeros")
            result = cells[at].download()
            digests[target] = hashlib.sha256(result.tobytes()).hexdigest()
        shape = "x".join(str(a["value"]) for a in arguments if a["kind"] == "u32")
        row = {"source": source, "entry": entry, "grid": grid, "block": block,
               "arguments": arguments, "output": at, "exact": exact, "sha256": digests}
        if result.nbytes <= 2048 or not exact:
            row["file"] = f"{entry}_{shape}.npy"
            np.save(out / row["file"], result)
        table.append(row)
    text = "[\n" + ",\n".join(json.dumps(row) for row in table) + "\n]\n"
    (out / "kernels.json").write_text(text, "utf-8")
    return table
