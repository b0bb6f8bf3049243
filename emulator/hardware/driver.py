"""The CUDA driver through ctypes: load PTX, move arrays, launch. No toolkit is needed."""
import ctypes as C
import numpy as np


class CudaError(RuntimeError):
    pass


def open_driver():
    lib = C.CDLL("libcuda.so.1")
    # Addresses and sizes are 64 bits wide: ctypes would otherwise pass a Python int as 32.
    lib.cuMemAlloc_v2.argtypes = [C.POINTER(C.c_uint64), C.c_size_t]
    lib.cuMemFree_v2.argtypes = [C.c_uint64]
    lib.cuMemcpyHtoD_v2.argtypes = [C.c_uint64, C.c_void_p, C.c_size_t]
    lib.cuMemcpyDtoH_v2.argtypes = [C.c_void_p, C.c_uint64, C.c_size_t]
    lib.cuMemsetD8_v2.argtypes = [C.c_uint64, C.c_ubyte, C.c_size_t]
    lib.cuModuleUnload.argtypes = [C.c_void_p]
    return lib


class Device:
    """The first GPU, with its primary context current (the one that PyTorch uses too)."""

    def __init__(self):
        self.lib = open_driver()
        self.call("cuInit", 0)
        self.device, self.context = C.c_int(), C.c_void_p()
        self.call("cuDeviceGet", C.byref(self.device), 0)
        self.call("cuDevicePrimaryCtxRetain", C.byref(self.context), self.device)
        self.call("cuCtxSetCurrent", self.context)

    def call(self, name, *arguments):
        status = getattr(self.lib, name)(*arguments)
        if status:
            text = C.c_char_p()
            self.lib.cuGetErrorName(status, C.byref(text))
            raise CudaError(f"{name}: {(text.value or b'unknown error').decode()} ({status})")

    def name(self):
        text = C.create_string_buffer(128)
        self.call("cuDeviceGetName", text, 128, self.device)
        return text.value.decode()

    def attribute(self, number):
        value = C.c_int()
        self.call("cuDeviceGetAttribute", C.byref(value), number, self.device)
        return value.value

    def compute_capability(self):
        return f"{self.attribute(75)}.{self.attribute(76)}"

    def cuda_version(self):
        value = C.c_int()
        self.call("cuDriverGetVersion", C.byref(value))
        return f"{value.value // 1000}.{value.value % 1000 // 10}"

    def load(self, ptx):
        """A module from PTX text. A refusal carries what the driver's compiler said."""
        size = 16384
        info, error = C.create_string_buffer(size), C.create_string_buffer(size)
        # CU_JIT_INFO_LOG_BUFFER 3, its size 4; CU_JIT_ERROR_LOG_BUFFER 5, its size 6.
        options = (C.c_int * 4)(3, 4, 5, 6)
        values = (C.c_void_p * 4)(
            C.cast(info, C.c_void_p), size, C.cast(error, C.c_void_p), size
        )
        module = C.c_void_p()
        image = C.create_string_buffer(ptx.encode())
        try:
            self.call("cuModuleLoadDataEx", C.byref(module), image, 4, options, values)
        except CudaError as refusal:
            raise CudaError(f"{refusal}\n{error.value.decode()}") from None
        return Module(self, module)

    def upload(self, array):
        return Buffer(self, np.ascontiguousarray(array))

    def zeros(self, shape, dtype):
        return self.upload(np.zeros(shape, dtype))

    def synchronize(self):
        self.call("cuCtxSynchronize")


class Buffer:
    """An array in the device's memory, freed when it is dropped."""

    def __init__(self, device, array):
        self.device, self.shape, self.dtype = device, array.shape, array.dtype
        self.bytes, self.address = array.nbytes, C.c_uint64()
        device.call("cuMemAlloc_v2", C.byref(self.address), max(array.nbytes, 1))
        device.call("cuMemcpyHtoD_v2", self.address, array.ctypes.data, array.nbytes)

    def download(self):
        array = np.empty(self.shape, self.dtype)
        self.device.synchronize()
        self.device.call("cuMemcpyDtoH_v2", array.ctypes.data, self.address, self.bytes)
        return array

    def __del__(self):
        self.device.lib.cuMemFree_v2(self.address)


class Module:
    def __init__(self, device, handle):
        self.device, self.handle = device, handle

    def function(self, name):
        function = C.c_void_p()
        self.device.call(
            "cuModuleGetFunction", C.byref(function), self.handle, name.encode()
        )
        return Function(self, function)

    def unload(self):
        self.device.call("cuModuleUnload", self.handle)


class Function:
    def __init__(self, module, handle):
        self.module, self.device, self.handle = module, module.device, handle

    def launch(self, grid, block, arguments, shared=0):
        """Arguments are buffers, or ctypes and NumPy scalars; waits and reports faults."""
        grid, block = triple(grid), triple(block)
        cells = [as_cell(argument) for argument in arguments]
        pointers = (C.c_void_p * max(len(cells), 1))(
            *[C.cast(C.byref(cell), C.c_void_p) for cell in cells]
        )
        self.device.call(
            "cuLaunchKernel", self.handle, *map(C.c_uint, grid + block),
            C.c_uint(shared), None, pointers, None,
        )
        self.device.synchronize()


def triple(size):
    size = (size,) if isinstance(size, int) else tuple(size)
    return size + (1,) * (3 - len(size))


def as_cell(argument):
    if isinstance(argument, Buffer):
        return argument.address
    if isinstance(argument, np.generic):
        return np.ctypeslib.as_ctypes_type(argument.dtype)(argument.item())
    return argument
