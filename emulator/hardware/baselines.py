"""PyTorch's speed on this GPU, to compare with later: `python baselines.py OUT/baselines.json`.

Each round is one graph of several calls (copies: the calls themselves) between two events of
the device, so that the host's launches do not count; the median of 30 rounds and the tenth and
ninetieth percentiles are kept. The inputs are random, never zero.
"""
import json
import statistics
import subprocess
import sys

import torch

ROUNDS = 30


def measure(call, target_ms=8.0, graphed=True):
    """Milliseconds a call, per round. A graph's copies take a slower way: those go without."""
    for _ in range(5):
        call()
    torch.cuda.synchronize()
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))

    def repeat(count):
        for _ in range(count):
            call()

    def record(count):
        if not graphed:
            return lambda: repeat(count)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            repeat(count)
        graph.replay()
        return graph.replay

    def once(run, count):
        begin.record()
        run()
        end.record()
        torch.cuda.synchronize()
        return begin.elapsed_time(end) / count

    count = max(1, min(200, int(target_ms / max(once(record(10), 10), 1e-4))))
    run = record(count)
    times = sorted(once(run, count) for _ in range(ROUNDS))
    return {"median_ms": statistics.median(times), "p10_ms": times[ROUNDS // 10],
            "p90_ms": times[-1 - ROUNDS // 10], "calls_per_round": count}


def matmuls():
    for kind, tf32 in (("f32", False), ("tf32", True), ("bf16", False)):
        torch.backends.cuda.matmul.allow_tf32 = tf32
        dtype = torch.bfloat16 if kind == "bf16" else torch.float32
        for n in (512, 1023, 1024, 2048, 4096):
            a, b = (torch.randn(n, n, device="cuda", dtype=dtype) for _ in "ab")
            c = torch.empty(n, n, device="cuda", dtype=dtype)
            row = measure(lambda: torch.matmul(a, b, out=c))
            row["tflops"] = 2 * n**3 / row["median_ms"] / 1e9
            yield f"matmul {kind} {n}", row


def bandwidth():
    """Bytes read and written; 1 GiB is far beyond the cache, 16 MiB lies within it."""
    for name, size in (("copy 1 GiB", 1 << 28), ("copy 16 MiB", 1 << 22)):
        a = torch.randn(size, device="cuda")
        b = torch.empty_like(a)
        row = measure(lambda: b.copy_(a), graphed=False)
        row["gb_per_s"] = 2 * a.nbytes / row["median_ms"] / 1e6
        yield name, row
    a = torch.randn(1 << 28, device="cuda")
    row = measure(lambda: torch.sum(a))
    row["gb_per_s"] = a.nbytes / row["median_ms"] / 1e6
    yield "sum of 2^28", row


def rows():
    """Several buffers in turn: one of 64 MiB could stay in the cache partly."""
    n = 4096
    xs = [torch.randn(n, n, device="cuda") for _ in range(4)]
    scale, shift = torch.randn(n, device="cuda"), torch.randn(n, device="cuda")
    at = [0]

    def next_x():
        at[0] = (at[0] + 1) % len(xs)
        return xs[at[0]]

    f = torch.nn.functional
    calls = {
        "softmax rows 4096x4096": lambda: torch.softmax(next_x(), 1),
        "log-softmax rows 4096x4096": lambda: torch.log_softmax(next_x(), 1),
        "layer-norm rows 4096x4096": lambda: f.layer_norm(next_x(), (n,), scale, shift, 1e-5),
        "row sum 4096x4096": lambda: torch.sum(next_x(), 1),
        "gelu 4096x4096": lambda: f.gelu(next_x()),
        "add 4096x4096": lambda: torch.add(next_x(), xs[0]),
    }
    for name, call in calls.items():
        row = measure(call)
        reads = 2 if name.startswith("add") else 1
        writes = 0 if name.startswith("row sum") else 1
        row["gb_per_s"] = (reads + writes) * 4 * n * n / row["median_ms"] / 1e6
        yield name, row


def main():
    query = "name,driver_version,clocks.sm,clocks.mem,clocks.max.sm,temperature.gpu"
    smi = ["nvidia-smi", f"--query-gpu={query}", "--format=csv,noheader"]
    ask = lambda: subprocess.run(smi, capture_output=True, text=True).stdout.strip()
    found = {"device": torch.cuda.get_device_name(), "torch": torch.__version__,
             "cuda": torch.version.cuda, "rounds": ROUNDS, "state_columns": query,
             "state_before": ask(), "measured": {}}
    torch.manual_seed(1)
    for group in (matmuls, bandwidth, rows):
        for name, row in group():
            found["measured"][name] = row
            print(name, row, flush=True)
    found["state_after"] = ask()
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
