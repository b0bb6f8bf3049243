"""What PyTorch computes, for `cargo test --test peers` to compare with (made with torch 2.5.1).

    python tests/peers/torch_fixtures.py                        writes tests/peers/torch.json
    python tests/peers/torch_fixtures.py --graphs 2000 --output more.json
    GRADUS_PEERS=more.json cargo test --test peers

A graph is a list of inputs and a list of steps `[operation, arguments, attributes]`; an
argument is the number of an input or, after these, of a step. The output is the last step.
Upstream gradient i is sin(1.7 i + 0.6) + 0.1. All numbers are f64.

PyTorch 2.5 has the same conventions at kinks: equal elements share the gradient of a maximum
(`amax`, not `max`, which picks one), |x| and relu have slope 0 at 0, clamp has slope 1 at its
bounds. It differs, so that these are not compared:
  * softmax, log_softmax and logsumexp of a row of -inf: NaN there (of logsumexp only the
    gradient); zeros, -inf and no gradient here;
  * cross_entropy where no row counts, and all losses over nothing: NaN there, 0 here;
  * the largest over nothing: an error there, -inf here;
  * at NaN the slope of abs and clamp is 0 there and that of relu 1; it is NaN here;
  * a maximum that is NaN: `amax` gives NaN to all there, 1 to the NaN here; `maximum` gives 1
    to a NaN there, NaN to both here;
  * silu and gelu at -inf: NaN there, their limit 0 here;
  * cross_entropy with label_smoothing 1 and an impossible target: NaN there (0 * inf), inf here;
  * weight decay of Adam: PyTorch's `Adam` adds it to the gradient, ours is that of `AdamW`;
  * the random mask of dropout: only p = 0 and p = 1.
"""

import argparse
import json
import math
import random
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

sys.dont_write_bytecode = True

from graphs import random_graph
from operations import OPERATIONS, evaluate


def numbers(values):
    """JSON has no infinities."""
    names = {math.inf: "inf", -math.inf: "-inf"}
    return ["nan" if v != v else names.get(v, v) for v in values]


def flat(tensor):
    return numbers(tensor.detach().reshape(-1).tolist())


def record(name, inputs, steps):
    """The graph with its value and its gradients."""
    y, gradients = evaluate(inputs, steps)
    return {
        "name": name,
        "inputs": [{"shape": s, "values": numbers(v)} for s, v in inputs],
        "steps": steps,
        "value": {"shape": list(y.shape), "values": flat(y)},
        "gradients": [flat(g) for g in gradients],
    }


def some(rng, *shape, low=0.2, positive=False):
    """Numbers of either sign, none near 0, no two equal."""
    count = math.prod(shape)
    values = []
    while len(values) < count:
        v = round(rng.uniform(low, 1.8), 3) * (1 if positive or rng.random() < 0.5 else -1)
        if v not in values:
            values.append(v)
    return [list(shape), values]


def cases(rng):
    """Every operation on odd inputs."""
    inf, nan = math.inf, math.nan
    x = lambda *shape, **how: some(rng, *shape, **how)
    given = lambda *values: [[len(values)], list(values)]
    array = lambda shape, values: {"shape": shape, "values": values}
    found = []

    def one(operation, inputs, name="", **attributes):
        steps = [[operation, list(range(len(inputs))), attributes]]
        found.append(record(f"{operation} {name}".strip(), inputs, steps))

    edges = [0.0, -0.0, 1e-300, -3.0, 2.5, 40.0, -40.0, 800.0, -800.0, inf]
    for f in ["neg", "exp", "tanh", "sigmoid", "abs", "relu"]:
        one(f, [x(2, 3)])
        one(f, [given(*edges, *([] if f in ["abs", "relu"] else [nan]))], "at the edges")
    for f in ["silu", "gelu", "gelu_tanh"]:
        one(f, [x(2, 3)])
        one(f, [given(0.0, -0.0, -3.0, 2.5, 6.0, -6.0, 40.0, -30.0, nan)], "at the edges")
    for f in ["ln", "sqrt"]:
        one(f, [x(2, 3, positive=True)])
        one(f, [given(0.0, 1e-300, 1e300, inf)], "at the edges")
    for p in [0.0, 1.0, 2.0, 3.0, 0.5, -1.0, 2.5]:
        one("powf", [x(4, positive=True)], f"{p}", exponent=p)
    for p in [0.0, 1.0, 2.0, 3.0]:
        one("powf", [given(0.0, -2.0, 2.0)], f"{p} at 0 and below", exponent=p)
    one("clamp", [given(-1.0, 2.0, -1.5, 2.5, 0.3, inf, -inf)], "at its bounds", min=-1.0, max=2.0)
    one("clamp", [given(1.0, 0.5, 1.5)], "to one number", min=1.0, max=1.0)
    for f in ["add", "sub", "mul", "div", "maximum", "minimum"]:
        for a, b in [([2, 3], [2, 3]), ([4, 1, 3], [2, 1]), ([], [2, 2]), ([1, 3], [3, 1]), ([0, 3], [3])]:
            one(f, [x(*a), x(*b)], f"{a} {b}")
    for f in ["maximum", "minimum"]:
        one(f, [given(1.0, 2.0, 0.0, inf, -inf), given(1.0, 3.0, -0.0, inf, 1.0)], "ties")
    one("div", [given(1.0, -1.0, 1.0), given(0.0, 0.0, inf)], "by 0")
    for f in ["add_scalar", "scale"]:
        one(f, [x(2, 3)], number=-0.7)
    mask = array([2, 1], [1, 0])
    one("where", [x(4, 1, 3), x(3)], "broadcast", mask=mask)
    one("where", [given(nan, 1.0), given(2.0, inf)], "what is not chosen", mask=array([2], [0, 1]))
    one("masked_fill", [x(2, 3)], mask=array([3], [0, 1, 0]), value=-2.0)
    for a, b in [([2, 3], [3, 4]), ([2, 1, 2, 3], [3, 3, 2]), ([1, 5], [5, 1]), ([2, 0], [0, 3]), ([3, 2, 2], [2, 4])]:
        one("matmul", [x(*a), x(*b)], f"{a} {b}")
    one("reshape", [x(2, 6)], shape=[3, 4])
    one("unsqueeze", [x(2, 3)], axis=1)
    one("squeeze", [x(2, 1, 3)], axis=1)
    one("permute", [x(2, 3, 2)], order=[1, 2, 0])
    one("transpose", [x(2, 3, 2)], a=0, b=2)
    one("broadcast_to", [x(2, 1)], shape=[3, 2, 2])
    one("slice", [x(2, 5)], axis=1, start=1, end=4)
    one("slice", [x(2, 3)], "of nothing", axis=1, start=3, end=3)
    one("split", [x(2, 6)], sizes=[1, 3, 2], axis=1, part=1)
    one("concat", [x(2, 1), x(2, 3), x(2, 0)], axis=1)
    one("stack", [x(2, 3), x(2, 3)], axis=1)
    one("pad", [x(2, 3)], axis=1, before=2, after=1, value=0.5)
    for f in ["sum", "mean", "var", "var_unbiased", "max", "min", "logsumexp"]:
        for axes in [[0], [1], [0, 2], [2, 0, 1]]:
            one(f, [x(2, 3, 2)], f"over {axes}", axes=axes)
        one(f, [x(3, 1)], "over one", axes=[1])
    for f in ["sum", "mean", "var", "logsumexp"]:
        one(f, [x(2, 0)], "over nothing", axes=[1])
    for f in ["sum_all", "mean_all"]:
        one(f, [x(2, 3)])
    for f in ["max", "min"]:
        one(f, [[[2, 4], [1.0, 5.0, 5.0, 1.0, 2.0, 2.0, 2.0, -inf]]], "ties", axes=[1])
        one(f, [[[2, 2], [3.0, 3.0, 3.0, 3.0]]], "all equal", axes=[0, 1])
    for f in ["softmax", "log_softmax"]:
        one(f, [x(2, 3)], "last", axis=1)
        one(f, [x(2, 3, 2)], "middle", axis=1)
        one(f, [[[2, 3], [1e4, -1e4, 0.0, -inf, 2.0, 1.0]]], "at the edges", axis=1)
        one(f, [x(2, 1)], "over one", axis=1)
    one("logsumexp", [[[2, 3], [1e4, 1e4, -1e4, -inf, 2.0, -inf]]], "at the edges", axes=[1])
    one("index_select", [x(3, 2)], indices=array([2, 3], [2, 0, 2, 1, 2, 2]))
    one("index_select", [x(3, 2)], "of nothing", indices=array([0], []))
    one("gather", [x(2, 3)], "last", axis=1, indices=array([2, 4], [2, 0, 2, 2, 1, 1, 0, 1]))
    one("gather", [x(3, 2, 2)], "first", axis=0, indices=array([1, 2, 2], [2, 0, 2, 1]))
    for ignore, smoothing in [(None, 0.0), (9, 0.0), (None, 0.1), (9, 0.3), (0, 0.1), (9, 1.0)]:
        targets = [2, 0, 1, 1, 9 if ignore == 9 else 0, 2]
        one("cross_entropy", [x(2, 3, 3)], f"ignores {ignore}, smooths {smoothing}",
            targets=array([2, 3], targets), ignore=ignore, smoothing=smoothing)
    one("cross_entropy", [[[3, 2], [1e4, -1e4, 1e4, -1e4, 0.0, -inf]]], "at the edges",
        targets=array([3], [0, 1, 0]), ignore=None, smoothing=0.0)
    one("cross_entropy", [x(4)], "without a batch", targets=array([], [3]), ignore=None, smoothing=0.1)
    one("bce_with_logits", [x(2, 3)], targets=array([2, 3], [1.0, 0.0, 0.3, 1.0, 0.0, 0.8]))
    one("bce_with_logits", [given(900.0, -900.0, 0.0, 30.0)], "at the edges", targets=array([4], [0.0, 1.0, 0.5, 1.0]))
    one("mse", [x(2, 3), x(2, 3)])
    for shape, epsilon in [([3, 4], 1e-5), ([2, 2, 3], 0.5), ([5], 1e-12), ([2, 1], 1e-5), ([0, 3], 1e-5)]:
        d = shape[-1]
        one("layer_norm", [x(*shape), x(d), x(d)], f"{shape}, epsilon {epsilon}", epsilon=epsilon)
    one("layer_norm", [[[2, 2], [3.0, 3.0, 1e3, -1e3]], x(2), x(2)], "a constant row", epsilon=1e-5)
    for p in [0.0, 1.0]:
        one("dropout", [x(2, 3)], f"{p}", p=p)
    square = [["mul", [0, 0], {}], ["add", [1, 0], {}], ["mul", [2, 1], {}]]
    found.append(record("an input used five times", [x(2, 2)], square))
    return found


def optimizers(rng):
    """Six steps along given gradients; the weights after each."""
    found = []
    settings = [
        ("sgd", torch.optim.SGD, {}),
        ("sgd", torch.optim.SGD, {"weight_decay": 0.3}),
        ("sgd", torch.optim.SGD, {"momentum": 0.9}),
        ("sgd", torch.optim.SGD, {"momentum": 0.8, "nesterov": True, "weight_decay": 0.1}),
        ("adam", torch.optim.Adam, {}),
        ("adam", torch.optim.AdamW, {"weight_decay": 0.2}),
        ("adam", torch.optim.AdamW, {"betas": (0.5, 0.7), "eps": 0.1, "weight_decay": 0.0}),
    ]
    for name, optimizer, options in settings:
        rate = 0.05
        weights = torch.tensor(some(rng, 3)[1], dtype=torch.float64, requires_grad=True)
        start, steps = weights.tolist(), []
        steepest = optimizer([weights], lr=rate, **options)
        for _ in range(6):
            gradient = some(rng, 3)[1]
            weights.grad = torch.tensor(gradient, dtype=torch.float64)
            steepest.step()
            steps.append({"gradient": gradient, "weights": weights.tolist()})
        found.append({"optimizer": name, "options": options, "rate": rate, "start": start, "steps": steps})
    return found


def mlp(rng, activation, name, options):
    """Three layers, cross-entropy, twenty full batches: the loss before each update."""
    sizes, count, rate = [3, 6, 5, 4], 12, 0.05
    data = [[round(rng.gauss(0, 1), 3) for _ in range(count * sizes[0])], [rng.randrange(4) for _ in range(count)]]
    x = torch.tensor(data[0], dtype=torch.float64).reshape(count, sizes[0])
    targets = torch.tensor(data[1])
    layers = []
    for d, e in zip(sizes, sizes[1:]):
        layers.append([[round(rng.gauss(0, (2 / d) ** 0.5), 3) for _ in range(d * e)], some(rng, e)[1]])
    tensor = lambda values: torch.tensor(values, dtype=torch.float64)
    weights = [tensor(w).reshape(e, d).requires_grad_() for (w, _), d, e in zip(layers, sizes, sizes[1:])]
    biases = [tensor(b).requires_grad_() for _, b in layers]
    decay = options.pop("weight_decay", 0.0)
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.AdamW}[name]
    groups = [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0.0}]
    optimizer, losses = kind(groups, lr=rate, **options), []
    for _ in range(20):
        hidden = x
        for index, (w, b) in enumerate(zip(weights, biases)):
            hidden = F.linear(hidden if index == 0 else activation_of[activation](hidden), w, b)
        loss = F.cross_entropy(hidden, targets)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {
        "sizes": sizes, "activation": activation, "optimizer": name, "rate": rate,
        "options": {**options, "weight_decay": decay}, "layers": layers,
        "x": data[0], "targets": data[1], "losses": losses,
    }


activation_of = {"relu": F.relu, "gelu": F.gelu, "tanh": torch.tanh}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--graphs", type=int, default=100)
    parser.add_argument("--output", default=str(Path(__file__).with_name("torch.json")))
    arguments = parser.parse_args()
    graphs = cases(random.Random(1))
    for seed in range(arguments.graphs):
        inputs, steps = random_graph(random.Random(1000 + seed))
        graphs.append(record(f"random {seed}", inputs, steps))
    used = {step[0] for graph in graphs for step in graph["steps"]}
    assert used == set(OPERATIONS), set(OPERATIONS) - used
    rng = random.Random(2)
    mlps = [
        mlp(rng, "tanh", "sgd", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
        mlp(rng, "gelu", "adam", {"weight_decay": 0.1}),
    ]
    head = {
        "made_by": f"python tests/peers/torch_fixtures.py --graphs {arguments.graphs}",
        "torch": torch.__version__, "python": sys.version.split()[0],
        "optimizers": optimizers(rng), "mlps": mlps,
    }
    # One graph a line, so that a change can be read.
    lines = [json.dumps(graph, separators=(",", ":"), allow_nan=False) for graph in graphs]
    text = json.dumps(head, separators=(",", ":"), allow_nan=False)[:-1]
    text += ',\n"graphs":[\n' + ",\n".join(lines) + "\n]}\n"
    Path(arguments.output).write_text(text)


if __name__ == "__main__":
    main()
