"""The benches `mlp` and `matmul` beside the same work in PyTorch, on the same cores.

    python3 benches/peers/compare.py [--rounds 5] [--threads 2]

The two programs take turns, so that whatever else the machine does hits both. Printed are
the median over the rounds and the whole range. PyTorch must be installed; nothing else here
needs it.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

try:
    import torch
except ImportError:
    sys.exit("PyTorch is not installed: pip install torch==2.5.1")

ROOT = pathlib.Path(__file__).resolve().parents[2]
SQUARES = [256, 512, 1024, 2048]


def mlp():
    """One step of 784-256-128-10, ReLU, batch 64, AdamW."""
    from torch import nn

    torch.manual_seed(1)
    sizes = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU()]
    model = nn.Sequential(*sizes, nn.Linear(128, 10))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    x, targets = torch.randn(64, 784), torch.arange(64) % 10

    def step():
        loss = nn.functional.cross_entropy(model(x), targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    return step


def product(n):
    a, b = torch.randn(n, n), torch.randn(n, n)
    return lambda: a @ b


def seconds(work, length=2.0):
    """The median time of one call, over `length` seconds after a warm-up."""
    for end in [time.perf_counter() + length / 2, time.perf_counter() + 1.5 * length]:
        times = []
        while time.perf_counter() < end or not times:
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def criterion(name):
    """The median time of one call that the bench of this name has just measured."""
    file = ROOT / "target" / "criterion" / name / "new" / "estimates.json"
    return json.loads(file.read_text())["median"]["point_estimate"] * 1e-9


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--threads", type=int, default=2)
    arguments = arguments.parse_args()
    torch.set_num_threads(arguments.threads)
    environment = {**os.environ, "RAYON_NUM_THREADS": str(arguments.threads)}
    bench = ["cargo", "bench", "--quiet", "--package", "gradus", "--bench"]
    brief = ["--", "--warm-up-time", "1", "--measurement-time", "2"]
    workloads = {"mlp": mlp()}
    workloads |= {f"matmul/{n}x{n}x{n}": product(n) for n in SQUARES}
    ours = {name: [] for name in workloads}
    theirs = {name: [] for name in workloads}
    for _ in range(arguments.rounds):
        for name in ["mlp", "matmul"]:
            command = [*bench, name, *brief]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.run(command, cwd=ROOT, env=environment, check=True, **quiet)
        for name, work in workloads.items():
            ours[name].append(criterion(name))
            theirs[name].append(seconds(work))
    print(f"PyTorch {torch.__version__}, {arguments.threads} threads, ms per call")
    print(f"{'workload':24} {'Gradus':>26} {'PyTorch':>26}  ratio")
    for name in workloads:
        row = [f"{name:24}"]
        for times in [ours[name], theirs[name]]:
            ms = [1e3 * t for t in times]
            spread = f"({min(ms):.3f} to {max(ms):.3f})"
            row.append(f"{statistics.median(ms):8.3f} {spread:>17}")
        ratio = statistics.median(ours[name]) / statistics.median(theirs[name])
        print(*row, f"{ratio:5.2f}")


if __name__ == "__main__":
    main()
