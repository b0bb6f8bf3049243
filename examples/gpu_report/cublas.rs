//! NVIDIA's own products, to compare with.

use cudarc::cublas::{result, sys};
use gradus::device::Gpu;
use gradus::tensor::Array;
use std::process::Command;

/// cuBLAS on the GPU.
pub struct Cublas {
    handle: sys::cublasHandle_t,
}

impl Cublas {
    /// Opens the library: the system's, or the one that PyTorch brought to `python`.
    pub fn new(gpu: &Gpu, python: &str) -> Result<Cublas, String> {
        // What the library needs is the GPU's context, bound to this thread.
        gpu.synchronize().map_err(|error| error.to_string())?;
        load_from(python);
        // SAFETY: only looks whether the library can be loaded.
        if !unsafe { sys::is_culib_present() } {
            return Err(
                "there is no libcublas, neither the system's nor PyTorch's".into()
            );
        }
        let handle = result::create_handle().map_err(|error| format!("{error:?}"))?;
        Ok(Cublas { handle })
    }

    /// Starts C = A B for matrices of n × n. (cuBLAS counts columns first: it is asked for
    /// Cᵀ = Bᵀ Aᵀ, which lies in memory as C does here.)
    pub fn product(&self, n: usize, a: &Array<f32>, b: &Array<f32>, c: &Array<f32>) {
        let address =
            |array: &Array<f32>| array.address().expect("it lies on the GPU") as *mut f32;
        let (side, plain) = (n as i32, sys::cublasOperation_t::CUBLAS_OP_N);
        let (one, zero) = (1f32, 0f32);
        // SAFETY: the three arrays hold n × n numbers each and outlive the product, which
        // nobody starts without waiting for it before they go.
        let started = unsafe {
            result::sgemm(
                self.handle,
                plain,
                plain,
                side,
                side,
                side,
                &one,
                address(b),
                side,
                address(a),
                side,
                &zero,
                address(c),
                side,
            )
        };
        started.expect("cuBLAS takes such matrices");
    }
}

/// Loads the libraries that PyTorch's wheels hold, for all to find; where there are none
/// nothing happens.
fn load_from(python: &str) {
    let script = "import nvidia.cublas.lib as lib; print(list(lib.__path__)[0])";
    let Ok(output) = Command::new(python).args(["-c", script]).output() else { return };
    let folder = String::from_utf8_lossy(&output.stdout).trim().to_string();
    #[cfg(unix)]
    for name in ["libcublasLt.so.12", "libcublas.so.12"] {
        use libloading::os::unix::{Library, RTLD_GLOBAL, RTLD_NOW};
        let path = std::path::Path::new(&folder).join(name);
        // SAFETY: NVIDIA's libraries run nothing of ours when they are loaded.
        if let Ok(library) = unsafe { Library::open(Some(path), RTLD_NOW | RTLD_GLOBAL) }
        {
            std::mem::forget(library); // it stays
        }
    }
    #[cfg(not(unix))]
    let _ = folder;
}
