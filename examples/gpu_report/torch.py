"""The work of speed.rs in PyTorch, timed alike: rounds of calls, then a wait for the GPU."""

import json
import statistics
import time

import torch

if not torch.cuda.is_available():
    raise SystemExit("PyTorch is there, but it sees no GPU")

torch.backends.cuda.matmul.allow_tf32 = False
WHOSE = f"PyTorch {torch.__version__}"
N = 1 << 26


def timed(what, work, rate=None, rounds=15, length=0.03):
    def seconds(count):
        torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(count):
            work()
        torch.cuda.synchronize()
        return (time.perf_counter() - start) / count

    seconds(1)
    count = max(1, min(1000, int(length / seconds(3))))
    times = sorted(seconds(count) for _ in range(rounds))
    median = statistics.median(times)
    return {
        "what": what,
        "whose": WHOSE,
        "milliseconds": 1e3 * median,
        "range": [1e3 * times[0], 1e3 * times[-1]],
        "rate": rate(median) if rate else None,
    }


def memory():
    x = torch.full((N // 1024, 1024), 0.5, device="cuda")
    other, y = torch.full_like(x, 0.25), torch.zeros_like(x)
    bandwidth = lambda moved: lambda seconds: (moved * N * 4 / seconds / 1e9, "GB/s")
    for name, moved, work in [
        ("copy", 2, lambda: y.copy_(x)),
        ("fill", 1, lambda: y.fill_(1.0)),
        ("add", 3, lambda: torch.add(x, other, out=y)),
        ("gelu", 2, lambda: torch.nn.functional.gelu(x)),
        ("sum of everything", 1, lambda: x.sum()),
        ("softmax of rows of 1024", 2, lambda: x.softmax(1)),
    ]:
        yield timed(f"{name}, {N} elements", work, bandwidth(moved))


def step():
    from torch import nn

    torch.manual_seed(1)
    sizes = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU()]
    model = nn.Sequential(*sizes, nn.Linear(128, 10)).cuda()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    x = torch.randn(64, 784, device="cuda")
    targets = (torch.arange(64) % 10).cuda()

    def work():
        loss = nn.functional.cross_entropy(model(x), targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    return timed("mlp, a training step", work)


print(json.dumps([*memory(), step()]))
