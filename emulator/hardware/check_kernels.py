"""The recorded outputs of the kernels against the same sums on this machine."""
import hashlib
import json
from pathlib import Path

import numpy as np

import kernels
from check import F32, fma

HERE = Path(__file__).parent / "results"


def butterfly(values):
    """A warp's sum: lanes 16, 8, 4, 2, 1 apart."""
    for offset in (16, 8, 4, 2, 1):
        values = values + values[np.arange(32) ^ offset]
    return values[0]


def strided(row, threads):
    """Each thread's own sum, in the order of its steps."""
    sums = np.zeros(threads, np.float32)
    for start in range(0, len(row), threads):
        part = row[start: start + threads]
        sums[: len(part)] += part
    return sums


def matmul(a, b):
    """Sequential fused multiply-adds over k and the tile's zeros."""
    m, k, n = a.shape[0], a.shape[1], b.shape[1]
    x, y = a.view(np.uint32), b.view(np.uint32)
    out = np.zeros((m, n), np.uint32)
    for i in range(m):
        for j in range(n):
            total = 0
            for step in range(k):
                total = fma(F32, int(x[i, step]), int(y[step, j]), total, "rn", False)
            out[i, j] = total
    return out.view(np.float32)


def expected(row, values):
    numbers = [int(v) for v in values if not isinstance(v, np.ndarray) and v.dtype != np.float32]
    if row["entry"] == "copy":
        return values[0]
    if row["entry"] == "row_sum":
        sums = []
        for line in values[0].reshape(-1, numbers[0]):
            partial = strided(line, 128)
            for half in (64, 32, 16, 8, 4, 2, 1):
                partial = partial[:half] + partial[half: 2 * half]
            sums.append(partial[0])
        return np.array(sums, np.float32)
    if row["entry"] == "warp_row_sum":
        lines = values[0].reshape(numbers)
        return np.array([butterfly(strided(line, 32)) for line in lines], np.float32)
    if row["entry"] == "scatter_add":
        out = np.zeros(numbers[1] + 1, np.float64)
        np.add.at(out, values[1], values[0])
        return out[:-1].astype(np.float32)
    if row["entry"] == "matmul":
        m, k, n = numbers
        if m * k * n > 20000:
            return None
        return matmul(values[0].reshape(m, k), values[1].reshape(k, n)).ravel()
    lines = values[0].reshape(numbers).astype(np.float64)
    if row["entry"] == "softmax":
        e = np.exp(lines - lines.max(1, keepdims=True))
        return (e / e.sum(1, keepdims=True)).ravel()
    deviation = np.sqrt(lines.var(1, keepdims=True) + 1e-5)
    normal = (lines - lines.mean(1, keepdims=True)) / deviation
    return (normal * values[1] + values[2]).ravel()


def main():
    for row in json.loads((HERE / "kernels.json").read_text("utf-8")):
        values = [kernels.make(argument) for argument in row["arguments"]]
        want = expected(row, values)
        shape = [int(v) for v in values if not isinstance(v, np.ndarray)]
        if want is None:
            print("not checked", row["entry"], shape)
        elif row["exact"]:
            digest = hashlib.sha256(want.tobytes()).hexdigest()
            same = all(digest == d for d in row["sha256"].values())
            print("agrees " if same else "DIFFERS", row["entry"], shape)
        else:
            got = np.load(HERE / row["file"])
            error = np.abs(got - want).max()
            print("agrees " if error < 3e-6 else "DIFFERS", row["entry"], shape,
                  f"largest error {error:.2g}")


if __name__ == "__main__":
    main()
