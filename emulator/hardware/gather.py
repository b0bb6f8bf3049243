"""Run it on this machine's GPU: `python gather.py OUT [facts probes kernels sweep digest]`."""
import json
import platform
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import arithmetic
import kernels
import warp
from driver import CudaError, Device
from inputs import INPUTS

HERE = Path(__file__).parent


def facts(device, out):
    found = {
        "device": device.name(), "compute_capability": device.compute_capability(),
        "multiprocessors": device.attribute(16), "clock_khz": device.attribute(13),
        "memory_clock_khz": device.attribute(36), "l2_bytes": device.attribute(38),
        "shared_bytes_per_block": device.attribute(8),
        "shared_bytes_per_block_opt_in": device.attribute(97),
        "shared_bytes_per_multiprocessor": device.attribute(81),
        "registers_per_block": device.attribute(12),
        "cuda_of_the_driver": device.cuda_version(),
        "python": platform.python_version(), "numpy": np.__version__,
    }
    query = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    found["driver"] = subprocess.run(query, capture_output=True, text=True).stdout.strip()
    try:
        import torch
        found["torch"], found["torch_cuda"] = torch.__version__, torch.version.cuda
    except ImportError:
        pass
    body = "\n.visible .entry nothing() { ret; }\n"
    found["loads"] = {}
    for version in ("6.0", "7.0", "8.4", "9.0", "9.9"):
        for target in ("sm_30", "sm_52", "sm_75", "sm_80", "sm_90", "sm_100"):
            text = f".version {version}\n.target {target}\n.address_size 64{body}"
            try:
                device.load(text).unload()
                answer = "loads"
            except CudaError as error:
                answer = str(error).strip()
            found["loads"][f".version {version} .target {target}"] = answer
    write(out / "facts.json", found)
    print(json.dumps(found, indent=1))


def write(path, value):
    path.write_text(json.dumps(value, indent=1) + "\n", "utf-8")


def arithmetic_probes(device, out):
    index = []
    for family in arithmetic.FAMILIES:
        name, inputs = family["name"], INPUTS[family["input_set"]]()
        np.save(out / f"{family['input_set']}.in.npy", inputs)
        sources = [device.upload(row) for row in inputs[: family["inputs"]]]
        n, kind = inputs.shape[1], f"u{family['out'] // 8}"
        text = arithmetic.module(family)
        (out / "../ptx" / f"{name}.ptx").write_text(text, "utf-8")
        module = device.load(text)
        rows = []
        for entry, _ in family["entries"]:
            results = [device.upload(np.full(n, 0x5A, kind))
                       for _ in range(family["outputs"])]
            blocks = -(-n // arithmetic.BLOCK)
            module.function(entry).launch(
                blocks, arithmetic.BLOCK, sources + results + [np.uint32(n)])
            rows += [result.download() for result in results]
        np.save(out / f"{name}.out.npy", np.stack(rows))
        index.append({
            "family": name, "ptx": f"{name}.ptx", "inputs": f"{family['input_set']}.in.npy",
            "operands": family["inputs"], "outputs": family["outputs"], "n": n,
            "results": f"{name}.out.npy", "entries": [e for e, _ in family["entries"]],
        })
    text = "[\n" + ",\n".join(json.dumps(row) for row in index) + "\n]\n"
    (out / "arithmetic.json").write_text(text, "utf-8")
    print(len(index), "families", sum(len(row["entries"]) for row in index), "entries")


def warp_probes(device, out):
    index, texts, kept = [], {}, {}
    for entry, target, words, block, grid, cases in warp.probes():
        name, k, m, _ = entry
        texts.setdefault(target, []).append(entry)
        try:
            function = device.load(warp.module(target, [entry])).function(name)
            threads = words.shape[:2]
            result = device.upload(np.full((*threads, m), 0x5A5A5A5A, np.uint32))
            function.launch(grid or len(words), block, [device.upload(words), result])
            np.save(out / f"{name}.out.npy", result.download())
        except CudaError as error:
            print("FAILED", name, error)
            continue
        file = None
        if k:  # several probes may share their inputs
            file = kept.setdefault((words.shape, words.tobytes()), f"{name}.in.npy")
            np.save(out / file, words)
        row = {"entry": name, "ptx": f"warp.{target}.ptx", "grid": grid or len(words),
               "block": block, "words_in": k, "words_out": m, "inputs": file,
               "results": f"{name}.out.npy"}
        if cases:
            row["cases"] = cases
        index.append(row)
    for target, entries in texts.items():
        (out / "../ptx" / f"warp.{target}.ptx").write_text(
            warp.module(target, entries), "utf-8")
    text = "[\n" + ",\n".join(json.dumps(row) for row in index) + "\n]\n"
    (out / "warp.json").write_text(text, "utf-8")
    print(len(index), "warp probes")


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    (out / "../ptx").mkdir(exist_ok=True)
    device = Device()
    for part in sys.argv[2:] or ["facts", "probes", "kernels", "sweep", "digest"]:
        start = time.time()
        if part == "facts":
            facts(device, out)
        elif part == "probes":
            arithmetic_probes(device, out)
            warp_probes(device, out)
        elif part == "kernels":
            print(len(kernels.run(device, HERE, out)), "launches")
        elif part == "sweep":
            import sweep
            sweep.run(device, out)
        elif part == "digest":
            import digest
            digest.run(device, out)
        print(f"{part}: {time.time() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
