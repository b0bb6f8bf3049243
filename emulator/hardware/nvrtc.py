"""cu/*.cu to ptx/*.ptx with NVRTC, without a GPU: `python nvrtc.py PATH/libnvrtc.so.12`. With
folders behind it, the .cu files there get a .ptx file beside them.

The sources get absolute virtual names, and their header comes in beside them under one too, so
that no path of the compiling machine lands in the PTX. `.version` is lowered to 7.0.
"""
import ctypes as C
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGETS = ("compute_75", "compute_80")


class Nvrtc:
    def __init__(self, path):
        self.lib = C.CDLL(path, mode=C.RTLD_GLOBAL)
        self.lib.nvrtcGetErrorString.restype = C.c_char_p

    def call(self, name, *arguments):
        status = getattr(self.lib, name)(*arguments)
        if status:
            raise RuntimeError(f"{name}: {self.lib.nvrtcGetErrorString(status).decode()}")

    def version(self):
        major, minor = C.c_int(), C.c_int()
        self.call("nvrtcVersion", C.byref(major), C.byref(minor))
        return f"{major.value}.{minor.value}"

    def compile(self, source, name, options):
        program, size = C.c_void_p(), C.c_size_t()
        self.call("nvrtcCreateProgram", C.byref(program), source.encode(), name.encode(), 0,
                  None, None)
        listed = (C.c_char_p * len(options))(*[option.encode() for option in options])
        try:
            self.call("nvrtcCompileProgram", program, len(options), listed)
        except RuntimeError as error:
            self.call("nvrtcGetProgramLogSize", program, C.byref(size))
            log = C.create_string_buffer(size.value)
            self.call("nvrtcGetProgramLog", program, log)
            raise RuntimeError(f"{error}\n{log.value.decode()}") from None
        self.call("nvrtcGetPTXSize", program, C.byref(size))
        ptx = C.create_string_buffer(size.value)
        self.call("nvrtcGetPTX", program, ptx)
        self.call("nvrtcDestroyProgram", C.byref(program))
        return ptx.value.decode()


def whole(path):
    """The source with its header in place, and #line so that lines are the file's own."""
    text = path.read_text("utf-8")
    header = (HERE / "cu/common.cuh").read_text("utf-8")
    return text.replace(
        '#include "common.cuh"\n',
        f'#line 1 "/kernels/common.cuh"\n{header}#line 2 "/kernels/{path.name}"\n',
    )


def ptx(nvrtc, path, target):
    options = [f"--gpu-architecture={target}", "-lineinfo"]
    text = nvrtc.compile(whole(path), f"/kernels/{path.name}", options)
    return re.sub(r"^\.version .*$", ".version 7.0", text, flags=re.M)


def main():
    nvrtc = Nvrtc(sys.argv[1])
    print("NVRTC", nvrtc.version())
    if folders := sys.argv[2:]:
        for path in (path for folder in folders for path in sorted(Path(folder).glob("*.cu"))):
            path.with_suffix(".ptx").write_text(ptx(nvrtc, path, "compute_75"), "utf-8")
        return
    for path in sorted((HERE / "cu").glob("*.cu")):
        for target in TARGETS:
            text = ptx(nvrtc, path, target)
            (HERE / "ptx" / f"{path.stem}.{target}.ptx").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
