"""What the driver says to faults: each in a process of its own, for many end the context.

`python faults.py OUT/faults.json`; `python faults.py --one NAME` is one of them.
"""
import json
import subprocess
import sys

import numpy as np

from driver import CudaError, Device

KERNEL = """.version 7.0
.target sm_75
.address_size 64
.visible .entry k(.param .u64 p, .param .u32 n) {{
  .reg .pred %p<2>;
  .reg .b32 %r<6>;
  .reg .b64 %w<4>;
  .shared .align 16 .b8 tile[1024];
  .local .align 4 .b8 frame[16];
  ld.param.u64 %w0, [p];
  ld.param.u32 %r0, [n];
{body}
  ret;
}}
"""
WRITE = "  st.global.u32 [%w0], %r0;"

# name: (body, address: None for a buffer of 1024 bytes, or an offset into it, or ("at", address))
BODIES = {
    "null read": ("ld.global.u32 %r1, [%w0];\n  st.global.u32 [%w0], %r1;", ("at", 0)),
    "null write": (WRITE, ("at", 0)),
    "misaligned 4-byte write": (WRITE, 2),
    "misaligned 16-byte read": (
        "ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%w0];\n  add.u32 %r1, %r1, %r2;\n"
        "  add.u32 %r3, %r3, %r4;\n  add.u32 %r1, %r1, %r3;\n  st.global.u32 [%w0], %r1;", 4),
    "write one element past the buffer": (WRITE, 1024),
    "write 16 MiB past the buffer": (WRITE, 1 << 24),
    "write 1 GiB past the buffer": (WRITE, 1 << 30),
    "write 1 MiB past the buffer": (WRITE, 1 << 20),
    "write 4 GiB past the buffer": (WRITE, 1 << 32),
    "write before the buffer": (WRITE, -4),
    "shared read past static size": (
        "mov.u32 %r1, tile;\n  add.u32 %r1, %r1, 65536;\n  ld.shared.u32 %r2, [%r1];\n"
        "  st.global.u32 [%w0], %r2;", 0),
    "shared read past the largest size": (
        "mov.u32 %r1, tile;\n  add.u32 %r1, %r1, 1048576;\n  ld.shared.u32 %r2, [%r1];\n"
        "  st.global.u32 [%w0], %r2;", 0),
    "shared misaligned": (
        "mov.u32 %r1, tile;\n  add.u32 %r1, %r1, 2;\n  st.shared.u32 [%r1], %r0;\n"
        "  ld.shared.u32 %r2, [%r1];\n  st.global.u32 [%w0], %r2;", 0),
    "local write far outside": (
        "mov.u64 %w1, frame;\n  add.u64 %w1, %w1, 268435456;\n  st.local.u32 [%w1], %r0;\n"
        "  ld.local.u32 %r2, [%w1];\n  st.global.u32 [%w0], %r2;", 0),
    "misaligned atomic": ("atom.global.add.u32 %r1, [%w0], %r0;\n  st.global.u32 [%w0], %r1;", 2),
    "trap": ("trap;", 0),
    "exited threads and a barrier": (
        "mov.u32 %r1, %tid.x;\n  setp.gt.u32 %p0, %r1, 7;\n  @%p0 exit;\n  bar.sync 0;\n"
        + WRITE, 0),
    "no fault": (WRITE, 0),
}
# name: (grid, block, dynamic shared bytes) for the body "no fault"
LAUNCHES = {
    "grid of 0": (0, 1, 0), "block of 0": (1, 0, 0), "block of 1025": (1, 1025, 0),
    "block 1x1x65": (1, (1, 1, 65), 0), "grid of 2^31": (1 << 31, 1, 0),
    "grid 1x65536": ((1, 65536), 1, 0), "grid 1x1x65536": ((1, 1, 65536), 1, 0),
    "shared of 47 KiB": (1, 1, 47 << 10), "shared of 48 KiB beside 1 KiB": (1, 1, 48 << 10),
    "shared of 1 MiB": (1, 1, 1 << 20),
}
TEXTS = {
    "empty text": "", "garbage": "hello\n",
    "cut in an entry": KERNEL.format(body=WRITE)[:200],
    "unknown opcode": KERNEL.format(body="  frob.u32 %r0, %r1;"),
    "undeclared register": KERNEL.format(body="  add.u32 %r0, %r1, %q7;"),
    "wrong type": KERNEL.format(body="  add.f32 %w0, %w1, %w2;"),
    "sm_80 instruction for sm_75": KERNEL.format(
        body="  cvt.rn.bf16x2.f32 %r0, %r1, %r2;"),
    "64 KiB of static shared": KERNEL.format(
        body="  mov.u32 %r1, tile;\n  st.volatile.shared.u32 [%r1+65000], %r0;\n"
        "  bar.sync 0;\n" + WRITE).replace("tile[1024]", "tile[65536]"),
    "no such entry": KERNEL.format(body=WRITE).replace("entry k", "entry other"),
}


def one(name):
    device = Device()
    body, offset = BODIES.get(name, BODIES["no fault"])
    text = TEXTS.get(name, KERNEL.format(body=body if body.startswith(" ") else "  " + body))
    buffer = device.zeros(1024, np.uint8)
    function = device.load(text).function("k")
    if isinstance(offset, tuple):
        address = offset[1]
    else:
        address = buffer.address.value + offset
    grid, block, shared = LAUNCHES.get(name, (1, 32, 0))
    function.launch(grid, block, [np.uint64(address), np.uint32(5)], shared)
    return "no error"


def main():
    if sys.argv[1] == "--one":
        try:
            print(one(sys.argv[2]))
        except CudaError as error:
            print(str(error).strip())
        return
    found = {}
    for group in (BODIES, LAUNCHES, TEXTS):
        for name in group:
            command = [sys.executable, __file__, "--one", name]
            try:
                got = subprocess.run(command, capture_output=True, text=True, timeout=30)
                lines = got.stdout.strip().splitlines() or [f"exit {got.returncode}"]
                # A buffer's own free may fail after the fault; the first line is the fault.
                found[name] = " | ".join(line.strip() for line in lines[:4])
            except subprocess.TimeoutExpired:
                found[name] = "does not end"
            print(name, "->", found[name], flush=True)
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
