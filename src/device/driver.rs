//! The engine that is a GPU, by the CUDA driver. The driver's library is looked for when it is
//! asked for, so that the program builds and starts without one.

use super::cache::Cache;
use super::engine::Engine;
use super::kernel::{Argument, Arguments, Kernel, Shape};
use crate::{Error, Result};
use cudarc::driver::result::{self, DriverError};
use cudarc::driver::sys::{CUfunction, CUmodule, CUresult};
use cudarc::driver::{CudaContext, sys};
use ptx_emulator::{Parameter, Program};
use std::collections::HashMap;
use std::ffi::{CString, c_void};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) struct Driver {
    context: Arc<CudaContext>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    cache: Cache,
    allocations: usize,
    modules: HashMap<String, Module>,
}

/// A loaded source. It stays loaded as long as the context lives.
struct Module {
    handle: CUmodule,
    functions: HashMap<String, CUfunction>,
    /// The text as the emulator reads it: it says what each kernel takes.
    program: Program,
}

// SAFETY: the handles are used with the context bound to the thread, under the lock.
unsafe impl Send for State {}

impl Driver {
    /// Opens the GPU with this number.
    pub fn new(number: usize) -> Result<Driver> {
        // SAFETY: only looks whether the library can be loaded.
        if !unsafe { sys::is_culib_present() } {
            return Err(Error::Device(
                "there is no CUDA driver on this machine: install NVIDIA's driver for its GPU, or use \
                 the device `emulator`, which runs the same kernels everywhere"
                    .to_string(),
            ));
        }
        let count = CudaContext::device_count()
            .map_err(|error| explained("finding GPUs", error))?;
        if number >= count.max(0) as usize {
            return Err(Error::Device(format!(
                "there is no GPU {number}: the driver sees {count} (see `nvidia-smi`, and the variable \
                 CUDA_VISIBLE_DEVICES)"
            )));
        }
        let context = CudaContext::new(number)
            .map_err(|error| explained(&format!("opening GPU {number}"), error))?;
        Ok(Driver { context, state: Mutex::default() })
    }

    /// The state, with the GPU's context bound to this thread.
    fn state(&self, doing: &str) -> Result<MutexGuard<'_, State>> {
        self.context.bind_to_thread().map_err(|error| explained(doing, error))?;
        Ok(self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What the driver said, and what to do about it.
fn explained(doing: &str, error: DriverError) -> Error {
    use CUresult::*;
    let advice = match error.0 {
        CUDA_ERROR_OUT_OF_MEMORY => {
            "the GPU's memory is full: use a smaller batch or model, or end other programs on it"
        }
        CUDA_ERROR_UNSUPPORTED_PTX_VERSION | CUDA_ERROR_INVALID_PTX => {
            "the driver is too old for these kernels, which are PTX 7.0: install one of CUDA 11.0 or newer"
        }
        CUDA_ERROR_NO_BINARY_FOR_GPU => {
            "this GPU is too old for these kernels: they need compute capability 7.5 (Turing) or newer"
        }
        CUDA_ERROR_NO_DEVICE => "the driver sees no GPU (see `nvidia-smi`)",
        CUDA_ERROR_INVALID_VALUE => {
            "the launch has a shape that the GPU does not take, or arguments that do not fit"
        }
        CUDA_ERROR_ILLEGAL_ADDRESS
        | CUDA_ERROR_MISALIGNED_ADDRESS
        | CUDA_ERROR_INVALID_ADDRESS_SPACE
        | CUDA_ERROR_LAUNCH_FAILED => {
            "a kernel did something forbidden, and the device is lost to this program: run the same \
             on the device `emulator`, which names the kernel, the line and the thread"
        }
        _ => "see `nvidia-smi` and the driver's log",
    };
    Error::Device(format!("{doing}: {error:?}: {advice}"))
}

impl Engine for Driver {
    fn name(&self) -> String {
        self.context.name().unwrap_or_else(|_| "a GPU without a name".to_string())
    }

    fn allocate(&self, bytes: usize) -> Result<u64> {
        let doing = format!("allocating {bytes} bytes");
        let mut state = self.state(&doing)?;
        if let Some(pointer) = state.cache.take(bytes) {
            return Ok(pointer);
        }
        state.allocations += 1;
        let size = Cache::rounded(bytes);
        // SAFETY: the context is bound; the size is not 0.
        let allocated = unsafe { result::malloc_sync(size) }.or_else(|_| {
            // What waits in the cache may be of the wrong sizes.
            for pointer in state.cache.empty() {
                // SAFETY: it came from `malloc_sync`, and nobody uses it.
                let _ = unsafe { result::free_sync(pointer) };
            }
            // SAFETY: as above.
            unsafe { result::malloc_sync(size) }
        });
        allocated.map_err(|error| explained(&doing, error))
    }

    // All work is in one order: who gets the block next comes after who used it last.
    fn free(&self, pointer: u64, bytes: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.cache.keep(pointer, bytes);
    }

    fn allocations(&self) -> usize {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).allocations
    }

    fn write(&self, pointer: u64, bytes: &[u8]) -> Result<()> {
        let _state = self.state("copying to the GPU")?;
        if bytes.is_empty() {
            return Ok(());
        }
        // SAFETY: the memory holds at least as many bytes.
        unsafe { result::memcpy_htod_sync(pointer, bytes) }
            .map_err(|error| explained("copying to the GPU", error))
    }

    fn read(&self, pointer: u64, offset: u64, bytes: &mut [u8]) -> Result<()> {
        let _state = self.state("copying from the GPU")?;
        if bytes.is_empty() {
            return Ok(());
        }
        // SAFETY: the memory holds at least as many bytes; the copy waits for all kernels.
        unsafe { result::memcpy_dtoh_sync(bytes, pointer + offset) }
            .map_err(|error| explained("copying from the GPU", error))
    }

    fn launch(&self, kernel: &Kernel, shape: Shape, arguments: &Arguments) -> Result<()> {
        let doing = format!("launching {kernel}");
        let mut state = self.state(&doing)?;
        let mut values: Vec<Vec<u8>> = arguments
            .all
            .iter()
            .map(|argument| match argument {
                Argument::Memory { pointer, offset, .. } => {
                    (pointer + offset).to_le_bytes().to_vec()
                }
                Argument::Bytes(bytes) => bytes.clone(),
            })
            .collect();
        let function = state.function(kernel, &values)?;
        let mut pointers: Vec<*mut c_void> =
            values.iter_mut().map(|bytes| bytes.as_mut_ptr().cast()).collect();
        let [x, y, z] = shape.grid;
        let [width, height, depth] = shape.block;
        // SAFETY: the arguments are as many and as large as the kernel declares; the driver
        // copies them before this returns.
        unsafe {
            result::launch_kernel(
                function,
                (x, y, z),
                (width, height, depth),
                shape.shared,
                std::ptr::null_mut(),
                &mut pointers,
            )
        }
        .map_err(|error| explained(&doing, error))
    }

    fn synchronize(&self) -> Result<()> {
        let _state = self.state("waiting for the GPU")?;
        self.context
            .synchronize()
            .map_err(|error| explained("waiting for the GPU", error))
    }
}

impl State {
    /// The kernel, loaded the first time that it is used, if these arguments fit it.
    fn function(&mut self, kernel: &Kernel, arguments: &[Vec<u8>]) -> Result<CUfunction> {
        let name = &kernel.source.name;
        if !self.modules.contains_key(&**name) {
            let doing = format!("loading {name}");
            let text = CString::new(kernel.source.ptx.as_bytes()).map_err(|_| {
                Error::Device(format!("{doing}: the text holds a zero byte"))
            })?;
            // SAFETY: a text that ends with a zero byte, as the driver wants it.
            let handle = unsafe { result::module::load_data(text.as_ptr().cast()) }
                .map_err(|error| explained(&doing, error))?;
            let program = Program::parse(&kernel.source.ptx)
                .map_err(|error| Error::Device(format!("{doing}: {error}")))?;
            let module = Module { handle, functions: HashMap::new(), program };
            self.modules.insert(name.to_string(), module);
        }
        let module = self.modules.get_mut(&**name).expect("it was just loaded");
        if let Some(found) = module.program.kernels.get(kernel.name) {
            let wanted: Vec<usize> =
                found.parameters.iter().map(Parameter::bytes).collect();
            let given: Vec<usize> = arguments.iter().map(Vec::len).collect();
            if wanted != given {
                return Err(Error::Device(format!(
                    "{kernel} takes arguments of {wanted:?} bytes, and is given {given:?}"
                )));
            }
        }
        if let Some(function) = module.functions.get(kernel.name) {
            return Ok(*function);
        }
        let symbol = CString::new(kernel.name)
            .map_err(|_| Error::Device(format!("there is no {kernel}")))?;
        // SAFETY: the module is loaded.
        let function = unsafe { result::module::get_function(module.handle, symbol) }
            .map_err(|_| Error::Device(format!("there is no {kernel}")))?;
        module.functions.insert(kernel.name.to_string(), function);
        Ok(function)
    }
}
