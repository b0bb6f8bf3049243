//! A device: its memory, and kernels that run there. Chapter 6 explains it.
//!
//! | file | idea |
//! |---|---|
//! | `kernel` | a kernel, its shape, its arguments |
//! | [`kernels`] | those of the library, as PTX |
//! | `memory` | numbers in the memory of a device |
//! | `engine` | what every device can do |
//! | `emulator` | the engine that runs everywhere, and checks every access |
//! | `driver` | the engine that is a GPU |
//! | `failure` | what a device cannot do, in the middle of arithmetic |
//! | [`twin`] | two devices as one, to compare them |
//! | `cache` | blocks of device memory wait to be used again |

mod cache;
#[cfg(not(target_family = "wasm"))]
mod driver;
mod emulator;
mod engine;
mod failure;
mod kernel;
pub mod kernels;
mod memory;
pub mod twin;

pub use failure::{caught, done};
pub use kernel::{Arguments, Kernel, Shape, Source};
pub use memory::Memory;
pub use ptx_emulator::{Checks, Settings};

use crate::{Error, Result};
use engine::Engine;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where numbers lie and are computed with.
#[derive(Clone, Debug, PartialEq)]
pub enum Device {
    /// This computer's processor.
    Cpu,
    /// A GPU, or the emulator in its place.
    Gpu(Gpu),
}

/// A GPU, or the emulator in its place. Clones are the same one.
#[derive(Clone)]
pub struct Gpu(Arc<Inner>);

struct Inner {
    engine: Box<dyn Engine>,
    /// Bytes in use now, and the most that ever were.
    used: AtomicUsize,
    peak: AtomicUsize,
}

impl Device {
    /// The emulator, with every check.
    pub fn emulator() -> Device {
        Device::emulator_with(Settings::default())
    }

    /// The emulator with these settings.
    pub fn emulator_with(settings: Settings) -> Device {
        Device::emulator_with_memory(settings, usize::MAX)
    }

    /// The emulator with these settings and so many bytes of memory: to see on a laptop what
    /// happens when a GPU's memory is full.
    pub fn emulator_with_memory(settings: Settings, bytes: usize) -> Device {
        Device::Gpu(Gpu::new(Box::new(emulator::Emulator::new(settings, bytes))))
    }

    /// The GPU with this number.
    ///
    /// # Errors
    /// When there is no driver, it is too old, or there is no such GPU.
    pub fn cuda(number: usize) -> Result<Device> {
        #[cfg(not(target_family = "wasm"))]
        return Ok(Device::Gpu(Gpu::new(Box::new(driver::Driver::new(number)?))));
        #[cfg(target_family = "wasm")]
        Err(Error::Device(format!(
            "there is no GPU {number} in a browser: use `emulator`"
        )))
    }

    /// Waits until everything that was started on the device is done.
    ///
    /// # Errors
    /// What went wrong there since the last time.
    pub fn synchronize(&self) -> Result<()> {
        match self {
            Device::Cpu => Ok(()),
            Device::Gpu(gpu) => gpu.synchronize(),
        }
    }
}

impl FromStr for Device {
    type Err = Error;

    /// `cpu`, `emulator`, `cuda`, `cuda:1`.
    fn from_str(name: &str) -> Result<Device> {
        let unknown = || {
            let known = "`cpu`, `emulator`, `cuda`, or `cuda:1` for a second GPU";
            Error::Device(format!("there is no device `{name}`: there are {known}"))
        };
        match name {
            "cpu" => Ok(Device::Cpu),
            "emulator" => Ok(Device::emulator()),
            "cuda" => Device::cuda(0),
            _ => {
                let number = name.strip_prefix("cuda:").ok_or_else(unknown)?;
                Device::cuda(number.parse().map_err(|_| unknown())?)
            }
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Device::Cpu => out.write_str("cpu"),
            Device::Gpu(gpu) => out.write_str(&gpu.name()),
        }
    }
}

impl Gpu {
    fn new(engine: Box<dyn Engine>) -> Gpu {
        Gpu(Arc::new(Inner {
            engine,
            used: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
        }))
    }

    /// What it is called: `emulator`, `NVIDIA H100 80GB HBM3`.
    pub fn name(&self) -> String {
        self.0.engine.name()
    }

    /// Starts a kernel. It may still run when this returns; whatever is asked of the device
    /// afterwards comes after it.
    ///
    /// # Errors
    /// A kernel that is not in its source, a shape that the device does not take, arguments
    /// that do not fit; on the emulator, every mistake that it finds in the kernel.
    pub fn launch(
        &self,
        kernel: &Kernel,
        shape: Shape,
        arguments: &Arguments,
    ) -> Result<()> {
        for memory in arguments.memories() {
            assert!(
                memory == self,
                "{kernel}: an argument lies on {}, and the kernel runs on {}",
                memory.name(),
                self.name()
            );
        }
        self.0.engine.launch(kernel, shape, arguments)
    }

    /// Waits until everything that was started is done.
    ///
    /// # Errors
    /// What went wrong there since the last time.
    pub fn synchronize(&self) -> Result<()> {
        self.0.engine.synchronize()
    }

    /// Bytes of memory that are in use.
    pub fn used(&self) -> usize {
        self.0.used.load(Ordering::Relaxed)
    }

    /// The most bytes that were in use at one time.
    pub fn peak(&self) -> usize {
        self.0.peak.load(Ordering::Relaxed)
    }

    /// How often the driver, or the emulator, was asked for memory: in a steady state, never.
    pub fn allocations(&self) -> usize {
        self.0.engine.allocations()
    }

    fn allocate(&self, bytes: usize) -> Result<u64> {
        let pointer = self.0.engine.allocate(bytes)?;
        let used = self.0.used.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.0.peak.fetch_max(used, Ordering::Relaxed);
        Ok(pointer)
    }

    fn free(&self, pointer: u64, bytes: usize) {
        self.0.used.fetch_sub(bytes, Ordering::Relaxed);
        self.0.engine.free(pointer, bytes);
    }
}

impl PartialEq for Gpu {
    /// The same device, and not only one of the same kind.
    fn eq(&self, other: &Gpu) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Gpu {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "Gpu({})", self.name())
    }
}
