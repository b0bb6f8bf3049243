"""Random graphs of 5 to 15 operations on small tensors."""

import math

import torch

from operations import apply, evaluate, leaves

SMOOTH = ["neg", "tanh", "sigmoid", "silu", "gelu", "gelu_tanh", "exp"]
KINKED = ["abs", "relu", "clamp"]
PAIRS = ["add", "sub", "mul", "maximum", "minimum", "where", "mse"]
REDUCTIONS = ["sum", "mean", "var", "max", "min", "logsumexp"]
SHAPES = ["reshape", "permute", "broadcast_to", "slice", "pad", "concat", "index_select", "gather"]
ROWS = ["softmax", "log_softmax", "layer_norm", "matmul", "cross_entropy"]
KINDS = [SMOOTH, KINKED, PAIRS, ["div"], ["ln", "sqrt", "powf"], REDUCTIONS, SHAPES, ROWS]

# Nothing is compared closer to a kink than this, for f32 rounds.
CLEAR = 1e-2


def random_graph(rng):
    """One that f32 can compute: what rounding alone moves proves nothing."""
    while True:
        inputs, steps = draft(rng)
        try:
            wide, narrow = (evaluate(inputs, steps, t) for t in (torch.float64, torch.float32))
        except RuntimeError:  # a shape that does not fit
            continue
        pairs = zip([wide[0], *wide[1]], [narrow[0], *narrow[1]])
        if len(steps) <= 15 and all(agree(a.detach(), b.detach()) for a, b in pairs):
            return inputs, steps


def agree(wide, narrow):
    if wide.numel() == 0:
        return True
    scale = max(1.0, wide.abs().max().item())
    return scale < 100 and (wide - narrow).abs().max().item() < 1e-5 * scale


def draft(rng):
    value = lambda: round(rng.uniform(0.2, 1.8), 3) * rng.choice([1, -1])
    shapes = [rng.choices([1, 2, 3], k=rng.choice([1, 2, 2, 3])) for _ in range(rng.choice([1, 2, 3]))]
    inputs = [[s, [value() for _ in range(math.prod(s))]] for s in shapes]
    steps, nodes = [], leaves(inputs)

    def add(operation, arguments, **attributes):
        step = [operation, arguments, attributes]
        nodes.append(apply(step, nodes))
        steps.append(step)
        return len(nodes) - 1

    target = rng.randint(5, 11)
    while len(steps) < target:
        x = len(nodes) - 1 if rng.random() < 0.7 else rng.randrange(len(nodes))
        if nodes[x].abs().max() > 5:
            add("tanh", [x])
            continue
        extend(rng, nodes, x, rng.choice(rng.choice(KINDS)), add)
    # What nothing has used yet goes into the output, so that all of the graph counts.
    used = {argument for step in steps for argument in step[1]}
    free = [n for n in range(len(nodes)) if n not in used]
    if len(free) > 1:
        rows = [add("reshape", [n], shape=[nodes[n].numel()]) if nodes[n].dim() != 1 else n for n in free]
        add("concat", rows, axis=0)
    return inputs, steps


def extend(rng, nodes, x, operation, add):
    """Adds the operation on node x, where it can be had."""
    shape = list(nodes[x].shape)
    value, rank, size = nodes[x].detach(), len(shape), nodes[x].numel()
    axis = rng.randrange(rank) if rank else None
    fits = lambda n: broadcast(shape, list(nodes[n].shape))
    if operation in SMOOTH:
        add(operation, [x])
    elif operation in ["abs", "relu"]:
        if value.abs().min() > CLEAR:
            add(operation, [x])
    elif operation == "clamp":
        if min((value - b).abs().min() for b in (-0.8, 0.9)) > CLEAR:
            add("clamp", [x], min=-0.8, max=0.9)
    elif operation in PAIRS or operation == "div":
        others = [n for n in range(len(nodes)) if fits(n)]
        if not others:
            return
        y = rng.choice(others)
        if operation == "mse":
            if list(nodes[y].shape) == shape and y != x:
                add("mse", [x, y])
        elif operation == "where":
            mask = {"shape": shape, "values": [rng.randrange(2) for _ in range(size)]}
            add("where", [x, y], mask=mask)
        elif operation == "div":
            y = add("add_scalar", [add("mul", [y, y])], number=0.5)
            add("div", [x, y])
        elif operation in ["add", "sub", "mul"] or (value - nodes[y]).abs().min() > CLEAR:
            add(operation, [x, y])
    elif operation in ["ln", "sqrt", "powf"]:
        positive = add("add_scalar", [add("sigmoid", [x])], number=0.3)
        more = {"exponent": rng.choice([-1.0, 0.5, 2.5])} if operation == "powf" else {}
        add(operation, [positive], **more)
    elif axis is None or size == 0:
        return
    elif operation in REDUCTIONS:
        axes = rng.sample(range(rank), rng.randint(1, rank))
        if operation not in ["max", "min"] or apart(value):
            add(operation, [x], axes=axes)
    elif operation == "reshape":
        add("reshape", [x], shape=rng.choice([[size], [1, size], [size, 1], shape[::-1]]))
    elif operation == "permute":
        add("permute", [x], order=rng.sample(range(rank), rank))
    elif operation == "broadcast_to":
        if size <= 9 and rank < 4:
            add("broadcast_to", [x], shape=[2] + [2 if s == 1 else s for s in shape])
    elif operation == "slice":
        start = rng.randrange(shape[axis])
        add("slice", [x], axis=axis, start=start, end=rng.randint(start + 1, shape[axis]))
    elif operation == "pad":
        add("pad", [x], axis=axis, before=rng.randrange(2), after=1, value=0.4)
    elif operation == "concat":
        if size <= 9:
            add("concat", [x, x], axis=axis)
    elif operation == "index_select":
        rows = [rng.randrange(shape[0]) for _ in range(3)]
        add("index_select", [x], indices={"shape": [3], "values": rows})
    elif operation == "gather":
        wanted = shape[:axis] + [2] + shape[axis + 1 :]
        indices = [rng.randrange(shape[axis]) for _ in range(math.prod(wanted))]
        add("gather", [x], axis=axis, indices={"shape": wanted, "values": indices})
    elif operation in ["softmax", "log_softmax"]:
        add(operation, [x], axis=axis)
    elif operation == "layer_norm":
        rows = [n for n in range(len(nodes)) if list(nodes[n].shape) == shape[-1:]]
        if shape[-1] > 1 and rows:
            add("layer_norm", [x, rng.choice(rows), rng.choice(rows)], epsilon=1e-2)
    elif operation == "cross_entropy":
        targets = [rng.randrange(shape[-1]) for _ in range(size // shape[-1])]
        add("cross_entropy", [x], targets={"shape": shape[:-1], "values": targets}, ignore=None, smoothing=0.1)
    elif operation == "matmul":
        other = add("transpose", [x], a=rank - 2, b=rank - 1) if rank > 1 and size <= 12 else None
        if other is not None:
            add("matmul", [x, other])


def apart(values):
    ordered = values.reshape(-1).sort().values
    return len(ordered) < 2 or (ordered[1:] - ordered[:-1]).min() > CLEAR


def broadcast(a, b):
    """Whether the shapes fit, and the result stays small."""
    try:
        return math.prod(torch.broadcast_shapes(a, b)) <= 18
    except RuntimeError:
        return False
